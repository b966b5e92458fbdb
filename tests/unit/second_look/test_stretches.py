"""Stretches of a text are found by what they lie over."""

from __future__ import annotations

import random

from redactor.second_look.stretches import Stretches


def test_exactly_those_that_share_a_character_are_given():
    lot = random.Random(4)
    known = [(start, start + lot.randrange(1, 90), n) for n in range(400)
             for start in [lot.randrange(2000)]]  # fmt: skip
    stretches: Stretches[int] = Stretches()
    for one in known:
        stretches.add(*one)
    for _ in range(300):
        start = lot.randrange(2000)
        end = start + lot.randrange(1, 60)
        over = [one for one in known if one[0] < end and start < one[1]]
        assert sorted(stretches.over(start, end)) == sorted(over)


def test_only_those_near_are_looked_at_in_a_line_of_many():
    looked_at = 0

    class Counted(int):
        def __gt__(self, other: int) -> bool:
            nonlocal looked_at
            looked_at += 1
            return int(self) > other

    stretches: Stretches[None] = Stretches()
    for start in range(0, 300_000, 10):
        stretches.add(start, Counted(start + 5), None)
    list(stretches.over(0, 1))  # sorts them
    looked_at = 0
    assert [one[0] for one in stretches.over(150_000, 150_001)] == [150_000]
    assert looked_at < 5


def test_one_that_is_added_after_a_question_is_found():
    stretches: Stretches[str] = Stretches()
    stretches.add(10, 20, "first")
    assert [one[2] for one in stretches.over(0, 15)] == ["first"]
    stretches.add(0, 5, "second")
    assert [one[2] for one in stretches.over(0, 15)] == ["first", "second"]
