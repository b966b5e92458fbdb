"""Every pack that ships does what it says in the real engine, and none that does not gets in."""

from __future__ import annotations

import pickle
import textwrap

import pytest

from redactor.config import resource_path
from redactor.detect.engine import build_engine
from redactor.detect.normal import normalise
from redactor.detect.packs import load_pack, parse_pack, trials
from redactor.detect.recognise.lists import PackRecogniser
from redactor.errors import PackError
from redactor.lists import Pack, PackRule

PACKS = [
    load_pack(path.read_bytes()) for path in sorted(resource_path("detection", "packs").iterdir())
]
RULES = [(pack, rule) for pack in PACKS for rule in pack.rules]


def named(value: object) -> str:
    return value.name if isinstance(value, Pack) else "rule"


def results(pack: Pack, text: str) -> set[tuple[str, str]]:
    plain = normalise(text).text
    engine = build_engine([PackRecogniser(pack)])
    return {(one.entity_type, plain[one.start : one.end]) for one in engine.analyze(plain, "en")}


def test_there_is_an_example() -> None:
    assert [pack.name for pack in PACKS] == ["Exampleshire numbers"]


@pytest.mark.parametrize(("pack", "rule"), RULES, ids=named)
def test_a_pack_finds_its_positives_and_leaves_its_negatives_alone(
    pack: Pack, rule: PackRule
) -> None:
    for one in rule.positives:
        assert (rule.label, one.found) in results(pack, one.text)
    for text in rule.negatives:
        assert results(pack, text) == set()


@pytest.mark.parametrize(("pack", "rule"), RULES, ids=named)
def test_no_pattern_of_a_pack_stalls(pack: Pack, rule: PackRule) -> None:
    recogniser = PackRecogniser(pack)
    for text in trials(rule):
        list(recogniser.hits(text, None))
        assert recogniser.stalled == []


HEAD = 'name = "N"\nversion = "1"\nsource = "s"\n'


def pack(pattern: str, found: str = "Quill77", more: str = "", negative: str = "nothing") -> bytes:
    return textwrap.dedent(
        f"""\
        {HEAD.replace(chr(10), chr(10) + " " * 8)}
        [[rule]]
        label = "ID"
        pattern = '{pattern}'
        why = "a number"
        {more}
        positives = [{{ text = "see {found} here", found = "{found}" }}]
        negatives = ["{negative}"]
        """
    ).encode()


def test_a_sound_pack_is_taken() -> None:
    assert load_pack(pack(r"Quill\d+")).mention().keys() == {"name", "version", "sha256"}


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (pack(r"Quill\d"), "Rule 1 (ID) does not find what its positive 1 says"),
        (pack(r"Quill\d+", negative="Quill1"), "Rule 1 (ID) finds something in its negative 1"),
        (pack("(Quill"), "Rule 1 (ID) has a pattern that cannot be compiled"),
        (pack(r"Quill\d+|x*"), "also matches nothing at all"),
        (pack(r"\b"), "also matches nothing at all"),
        (pack(r"Quill77|(?:a|aa)+b"), "takes too long on a text made to keep it busy"),
        (pack(r"Quill77|(?:(?:x{900}){900}){900}y"), "counts multiply to more than 20,000"),
        (pack("Quill77" + "|x" * 600), "has to have 1 to 1000 characters"),
        (pack(r"Quill\d+", more="score = 3"), "has to lie between 0.2 and 1"),
        (pack(r"Quill\d+", more='ignore_case = "yes"'), "has to be true or false"),
        (pack(r"Quill\d+", more='run = "x"'), "and nothing else"),
        (pack(r"Quill\d+", more='context = "staff"'), "has to be a list"),
        (pack(r"Quill\d+").replace(b'"ID"', b'"NOBODY"'), "has a label that is none of"),
        (pack(r"Quill\d+").replace(b'name = "N"', b'name = ""'), "Its name has to be text"),
        (pack(r"Quill\d+").replace(b'name = "N"\n', b""), "gives its name, version and source"),
        (HEAD.encode(), "one [[rule]] or more"),
        (b"\xff\xfe", "is not UTF-8"),
        (b"name = ", "is not TOML"),
        (b"#" * 300_000, "is larger than 256 KB"),
        (b"x = " + b"[" * 5000, "is not TOML"),
    ],
)
def test_a_pack_that_does_not_hold_what_it_says_is_refused_in_one_sentence(
    raw: bytes, said: str
) -> None:
    with pytest.raises(PackError) as refused:
        load_pack(raw)
    message = refused.value.user_message
    assert said in message
    assert "The pack was not taken in." in message
    assert "Quill" not in message
    assert pickle.loads(pickle.dumps(refused.value)).user_message == message


def test_a_pack_that_was_tried_out_is_read_again_the_same() -> None:
    raw = pack(r"Quill\d+")
    assert parse_pack(load_pack(raw).toml.encode()) == load_pack(raw)
