"""The figures of the detection benchmark, as plain values for JSON, and as tables for people."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from tests.benchmarks import name_origins, pins, tab
from tests.benchmarks.detection_speed import Cost
from tests.benchmarks.scoring import (
    GROUPS,
    NAMING,
    Group,
    Ratio,
    Scores,
    clean_documents,
    flags_per_thousand_words,
    of_flags,
    of_marks,
)

Shape = dict[str, Any]
_EVERY = GROUPS[0]
_SINGLE = frozenset(one.name for one in GROUPS)
_RECALL = ("any", "typed", "exact", "exact_typed", "masked")
_PRECISION = ("any", "typed", "exact", "exact_typed", "right_words")


# --- as plain values --------------------------------------------------------------------------


def of_ratio(one: Ratio) -> Shape:
    """Give a share with what was counted, and its interval where there is one."""
    value = one.value
    shape: Shape = {"value": None if value is None else round(value, 4)}
    if one.low is not None and one.high is not None:
        shape["interval"] = [round(one.low, 4), round(one.high, 4)]
    return {**shape, "hits": int(one.hits), "total": one.total}


def of_marks_and_flags(scores: Sequence[Scores]) -> Shape:
    """Give all figures of a set of annotated documents."""
    labels = sorted({label for one in scores for label, _ in (*one.marks, *one.flags)})
    quiet = flags_per_thousand_words(scores)
    return {
        "groups": {one.name: {"wanted": one.recall, **_of_group(scores, one)} for one in GROUPS},
        "labels": {one: _of_group(scores, Group(one, frozenset({one}))) for one in labels},
        "documents_with_nothing_missed": of_ratio(clean_documents(scores, _EVERY)),
        "documents_with_nobody_missed": of_ratio(clean_documents(scores, NAMING)),
        "impersonal_documents": sum(one.is_impersonal for one in scores),
        "flags_per_1000_words": round(quiet[0], 2) if quiet else None,
        "false_flags_per_1000_words": round(quiet[1], 2) if quiet else None,
    }


def _of_group(scores: Sequence[Scores], group: Group) -> Shape:
    return {
        "recall": {
            kind: of_ratio(of_marks(scores, kind, group, with_interval=kind in ("any", "typed")))
            for kind in _RECALL
        },
        "precision": {
            kind: of_ratio(
                of_flags(scores, kind, group, with_interval=kind in ("any", "right_words"))
            )
            for kind in _PRECISION
        },
    }


def of_tab(figures: tab.Figures) -> Shape:
    """Give TAB's metrics."""
    return {
        "entity_recall_direct": of_ratio(figures.direct),
        "entity_recall_quasi": of_ratio(figures.quasi),
        "mention_recall": {label: of_ratio(one) for label, one in figures.mentions.items()},
        "token_recall": {label: of_ratio(one) for label, one in figures.tokens.items()},
        "token_precision": of_ratio(figures.precision),
    }


def of_pins(figures: pins.Figures) -> Shape:
    """Give what was found of the Planning Inspectorate's strings."""
    return {
        "must_go": {
            "touched": of_ratio(figures.go_touched),
            "words": of_ratio(figures.go_words),
            "masked": of_ratio(figures.go_masked),
        },
        "must_stay": {
            "touched": of_ratio(figures.stay_touched),
            "words": of_ratio(figures.stay_words),
        },
    }


def of_names(found: Mapping[str, Mapping[str, name_origins.Found]]) -> Shape:
    """Give the recall of names, by origin and by layout."""
    return {
        kind: {
            name: {"person": of_ratio(one.person), "masked": of_ratio(one.masked)}
            for name, one in by_name.items()
        }
        for kind, by_name in found.items()
    }


def of_costs(costs: Mapping[str, tuple[str, Cost]]) -> Shape:
    """Give what each detector cost; as a ratio to plain Presidio where that was measured."""
    plain = costs["presidio"][1] if "presidio" in costs else None
    return {
        key: {
            "title": title,
            "cpu_s": round(one.cpu_s, 3),
            "characters_per_cpu_s": round(one.characters_per_s),
            "memory_mb": round(one.memory_mb),
            "first_finding_s": round(one.first_wall_s, 2),
            "first_finding_cpu_s": round(one.first_cpu_s, 2),
            "cpu_ratio": round(one.cpu_s / plain.cpu_s, 2) if plain else None,
        }
        for key, (title, one) in costs.items()
    }


# --- as tables --------------------------------------------------------------------------------


def tell(measured: Mapping[str, Shape]) -> list[str]:
    """Give all tables, as lines."""
    tellers = {"tab": _tell_tab, "pins": _tell_pins, "names": _tell_names, "speed": _tell_speed}
    lines: list[str] = []
    for name, part in measured.items():
        teller = tellers.get(name, _tell_marked)
        lines += [*([""] if lines else []), *teller(part)]
    return lines


def _tell_marked(part: Shape) -> list[str]:
    lines = [f"{part['title']}: {part['documents']} documents, {part['marks']:,} marks"]
    for key, one in part["detectors"].items():
        lines += ["", *_heads_of_marks(one["title"])]
        lines += [_row(name, shape) for name, shape in one["groups"].items()]
        if key != "presidio":
            singly = {name: shape for name, shape in one["labels"].items() if name not in _SINGLE}
            lines += [_row(f" {name}", shape) for name, shape in singly.items()]
        lines += _tell_documents(one)
    return lines


def _heads_of_marks(title: str) -> list[str]:
    kinds = f"{'95 %':>12}{'typed':>7}{'exact':>7}"
    recall = f"{'marks':>7}{'any':>6}{kinds}{'masked':>7}"
    precision = f"{'flags':>8}{'any':>6}{kinds}{'words':>7}"
    return [
        f"  {title:26}{'':9}{'recall':<40}precision",
        f"  {'':26}{recall}{precision}  wanted",
    ]


def _row(name: str, shape: Shape) -> str:
    recall, precision = shape["recall"], shape["precision"]
    wanted = shape.get("wanted")
    return (
        f"  {name:26}{recall['any']['total']:7,}{_share(recall['any'])}{_interval(recall['any'])}"
        f"{_share(recall['typed'], 7)}{_share(recall['exact'], 7)}{_share(recall['masked'], 7)}"
        f"{precision['any']['total']:8,}{_share(precision['any'])}{_interval(precision['any'])}"
        f"{_share(precision['typed'], 7)}{_share(precision['exact'], 7)}"
        f"{_share(precision['right_words'], 7)}" + (f"  {wanted:.2f}" if wanted else "")
    )


def _tell_documents(one: Shape) -> list[str]:
    lines = [
        f"  documents in which {what} was missed altogether: "
        f"{shape['hits']} of {shape['total']}{_interval(shape)}"
        for what, shape in (
            ("nothing", one["documents_with_nothing_missed"]),
            ("no name, identifier or contact", one["documents_with_nobody_missed"]),
        )
    ]
    if one["impersonal_documents"]:
        lines.append(
            f"  {one['impersonal_documents']} documents without personal data: "
            f"{one['flags_per_1000_words']} flags per 1,000 words, of these "
            f"{one['false_flags_per_1000_words']} on nothing that is marked"
        )
    return lines


def _tell_tab(part: Shape) -> list[str]:
    kinds = list(part["detectors"].values())
    rows = [("entity recall, direct", "entity_recall_direct", None)]
    rows += [("entity recall, quasi", "entity_recall_quasi", None)]
    rows += [
        (f"{title} recall, {label}", key, label)
        for title, key in (("mention", "mention_recall"), ("token", "token_recall"))
        for label in kinds[0][key]
    ]
    rows += [("token precision", "token_precision", None)]
    lines = [f"{part['title']}: {part['documents']} judgments", _heads(kinds)]
    for title, key, label in rows:
        shapes = [one[key] if label is None else one[key][label] for one in kinds]
        lines.append(_line(f"{title} ({shapes[0]['total']:,})", shapes))
    return lines


def _tell_pins(part: Shape) -> list[str]:
    kinds = list(part["detectors"].values())
    count = part["strings"]
    lines = [
        f"{part['title']}: {count['go']} strings must go, {count['stay']} must stay",
        _heads(kinds),
    ]
    for side, title in (("must_go", "must go"), ("must_stay", "must stay")):
        lines += [
            _line(f"{title}: {kind}", [one[side][kind] for one in kinds]) for kind in kinds[0][side]
        ]
    return lines


def _tell_names(part: Shape) -> list[str]:
    kinds = list(part["detectors"].values())
    lines = [f"{part['title']}: {part['people']} people in {part['layouts']} layouts"]
    for found in ("person", "masked"):
        for by in ("origin", "layout"):
            lines += [f"  {'found as a person' if found == 'person' else found}, by {by}"]
            lines += [_heads(kinds)]
            lines += [
                _line(name, [one[by][name][found] for one in kinds])
                for name in sorted(kinds[0][by])
            ]
    return lines


def _tell_speed(part: Shape) -> list[str]:
    lines = [part["title"]]
    for name, by_key in part["texts"].items():
        lines.append(
            f"  {name:26}{'CPU, ratio to Presidio':>24}{'characters a CPU s':>20}{'peak MB':>9}"
            f"{'first finding s':>17}{'(CPU s)':>9}"
        )
        lines += [
            f"  {one['title']:26}{one['cpu_ratio'] or '':>24}{one['characters_per_cpu_s']:>20,}"
            f"{one['memory_mb']:>9}{one['first_finding_s']:>17}{one['first_finding_cpu_s']:>9}"
            for one in by_key.values()
        ]
    return lines


def _heads(kinds: Iterable[Shape]) -> str:
    return f"  {'':44}" + "".join(f"{one['title']:>24}" for one in kinds)


def _line(title: str, shapes: Iterable[Shape]) -> str:
    return f"  {title:44}" + "".join(
        f"{_share(shape) + _interval(shape).rstrip():>24}" for shape in shapes
    )


def _share(shape: Shape, width: int = 6) -> str:
    value = shape["value"]
    return f"{'–' if value is None else f'{value:.3f}':>{width}}"


def _interval(shape: Shape) -> str:
    bounds = shape.get("interval")
    return f" {bounds[0]:.2f}–{bounds[1]:.2f}".ljust(12) if bounds else " " * 12
