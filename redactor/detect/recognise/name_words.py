"""Closed classes of words that name recognition goes by, from ``name_words.txt``."""

from __future__ import annotations

from redactor.config import resource_path


def _read() -> dict[str, frozenset[str]]:
    """Read the sections; an underscore stands for a space inside a phrase."""
    sections: dict[str, set[str]] = {}
    current: set[str] = set()
    text = resource_path("detection", "name_words.txt").read_text(encoding="utf-8")
    for line in text.splitlines():
        if line.startswith("["):
            current = sections.setdefault(line.strip("[]"), set())
        elif not line.startswith("#"):
            current.update(word.replace("_", " ") for word in line.split())
    return {name: frozenset(words) for name, words in sections.items()}


_WORDS = _read()
TITLES = _WORDS["titles"]
RANK_WORDS = _WORDS["ranks"]
PUBLIC_TITLES = _WORDS["public_titles"]
PARTICLES = _WORDS["particles"]
FUNCTION_WORDS = _WORDS["function_words"]
#: Words with a capital that stand beside names but belong to none.
NOT_IN_NAMES = _WORDS["not_in_names"]
#: What somebody who is named does.
DEEDS = _WORDS["deeds"]
#: What stands where a speaker would, and is none.
TURN_LABELS = _WORDS["turn_labels"]
#: Capitals that are rarely initials.
CODES = _WORDS["codes"]
#: What stands for somebody whom a text speaks of, or who speaks.
PRONOUNS = _WORDS["pronouns"]
#: What tells nothing where it stands alone.
SMALL_WORDS = _WORDS["small_words"]
