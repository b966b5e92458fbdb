"""What is held against one another many at a time gives what it gives one by one."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from redactor.release.verify import pdf_letters
from redactor.release.verify.pdf_drawing import Canvas
from redactor.release.verify.pdf_letters import _inside, _standing, _without, outermost
from redactor.release.verify.pdf_looks import are_uniform, is_uniform

#: Near enough to one another, and to the edges of rows, that many lie within half a point.
_near = st.integers(-12, 12).map(lambda one: one / 4)
_words = st.lists(st.tuples(st.integers(0, 2), _near, _near), max_size=12)
_boxes = st.lists(st.tuples(_near, _near, _near, _near), max_size=8)


def _points(words: list[tuple[int, float, float]]) -> np.ndarray:
    return np.array([(x, y) for _, x, y in words], float).reshape(-1, 2)


def _names(words: list[tuple[int, float, float]]) -> np.ndarray:
    return np.array([name for name, _, _ in words], np.int64)


def _stand_one_by_one(
    words: list[tuple[int, float, float]], others: list[tuple[int, float, float]]
) -> list[bool]:
    return [
        any(one == name and abs(x - a) <= 0.5 and abs(y - b) <= 0.5 for one, a, b in others)
        for name, x, y in words
    ]


@given(_words, _words)
def test_words_stand_where_they_stood_as_one_by_one(
    old: list[tuple[int, float, float]], new: list[tuple[int, float, float]]
) -> None:
    found, found_new = _standing(_names(old), _points(old), _names(new), _points(new))
    assert found.tolist() == _stand_one_by_one(old, new)
    assert found_new.tolist() == _stand_one_by_one(new, old)


@given(_words, _words)
def test_so_they_do_where_there_are_too_many_for_one_go(
    old: list[tuple[int, float, float]], new: list[tuple[int, float, float]]
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pdf_letters, "_PAIRS", 2)
        found, found_new = _standing(_names(old), _points(old), _names(new), _points(new))
    assert found.tolist() == _stand_one_by_one(old, new)
    assert found_new.tolist() == _stand_one_by_one(new, old)


@pytest.mark.parametrize("place", [float("nan"), float("inf"), -1e300])
def test_a_word_at_no_place_stands_nowhere_else(place: float) -> None:
    nowhere, here = np.array([[place, place]]), np.array([[1.0, 1.0]])
    found, found_new = _standing(np.array([0]), nowhere, np.array([0]), here)
    assert not found.any()
    assert not found_new.any()


def _taken_one_by_one(present: str, needed: str) -> str | None:
    rest = ""
    for letter in present:
        if needed[:1] == letter:
            needed = needed[1:]
        else:
            rest += letter
    return None if needed else rest


@given(st.text("ab", max_size=12), st.text("ab", max_size=12), st.integers(1, 5))
def test_letters_are_taken_out_as_one_by_one(present: str, needed: str, stretch: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pdf_letters, "_STRETCH", stretch)
        assert _without(present, needed) == _taken_one_by_one(present, needed)


@given(_words, _boxes)
def test_a_point_is_in_a_box_if_it_is_in_one_that_lies_in_no_other(
    words: list[tuple[int, float, float]], boxes: list[tuple[float, float, float, float]]
) -> None:
    points = _points(words) * 3
    upright = [(min(a, c), min(b, d), max(a, c), max(b, d)) for a, b, c, d in boxes]
    everywhere = np.array(upright, float).reshape(-1, 4)
    assert (
        _inside(points, outermost(upright)).any(axis=1).tolist()
        == _inside(points, everywhere).any(axis=1).tolist()
    )


@given(st.lists(st.lists(st.integers(0, 255), max_size=6), max_size=5))
def test_places_are_of_one_colour_as_one_by_one(places: list[list[int]]) -> None:
    pixels = [np.array([one], np.uint8) for one in places]
    assert are_uniform(pixels) == all(map(is_uniform, pixels))


def test_nothing_is_left_of_the_page_that_was_drawn_before() -> None:
    canvas = Canvas()
    canvas.blank(30, 40)[:] = 0
    assert (canvas.blank(20, 10) == 255).all()
    assert (canvas.blank(50, 60) == 255).all()
