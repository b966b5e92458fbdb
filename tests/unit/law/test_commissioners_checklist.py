"""The Commissioner's checklists as data."""

from __future__ import annotations

from redactor.law.commissioners_checklist import commissioners_checklist
from redactor.release.certificate_checklist import counted_points


def test_each_of_the_three_lists_has_lines_of_its_own_for_programs_and_for_people():
    lists = commissioners_checklist()
    assert list(lists.sources) == ["Documents", "Spreadsheets", "Redacting"]
    assert len(set(lists.sources.values())) == 3
    for title in lists.sources:
        lines = [one for one in lists.points if title in one.lists]
        assert any(one.is_for_person for one in lines)
        assert any(not one.is_for_person for one in lines)
        assert any(one.lists == (title,) for one in lines)


def test_a_line_is_there_once_and_stands_on_a_list():
    points = commissioners_checklist().points
    assert len({one.key for one in points}) == len({one.says for one in points}) == len(points)
    assert all(one.lists for one in points)


def test_only_lines_of_the_program_are_counted():
    of_program = {one.key for one in commissioners_checklist().points if not one.is_for_person}
    assert counted_points() <= of_program
