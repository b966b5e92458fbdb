from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from redactor.data_files import read_table
from redactor.errors import UsageError
from redactor.law.exemptions import Standing, exemption_named, exemptions, law_of
from redactor.law.forms import forms
from redactor.law.justifications import missing
from redactor.law.reasons import reasons
from redactor.law.regimes import Regime

NEW = """
[[exemption]]
citation = "s44(1)(a) by s59 of the Example Act 1999"
"""
COMPLETE = """
[[exemption]]
citation = "reg 12(5)(h)"
label = "reg 12(5)(h)"
section = "12"
title = "An exception that was added"
standing = "qualified"
test = "adverse-effect"
record = "What the added exception needs."
letter = "The added exception is engaged."
source = "https://www.legislation.gov.uk/uksi/2004/3391/regulation/12"
requires = ["provider"]
"""


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("REDACTOR_LAW", str(tmp_path))
    (tmp_path / "exemptions").mkdir()
    return tmp_path


def write(site: Path, name: str, text: str) -> Path:
    path = site / name
    path.write_text(text, encoding="utf-8")
    return path


def test_every_file_says_its_version_and_the_day_as_of_which_the_law_stands_there() -> None:
    for regime in Regime:
        law = law_of(regime)
        assert law.version
        assert date(2025, 9, 5) <= law.stands_on <= date(2026, 12, 31)
        assert law.source.startswith("https://www.legislation.gov.uk/")
        assert all(one.in_force <= law.stands_on for one in law.exemptions)
        assert law.of_site == frozenset()


def test_an_authority_changes_what_is_printed_and_said_of_a_limb(site: Path) -> None:
    write(
        site,
        "exemptions/foi.toml",
        '[[exemption]]\ncitation = "s31(1)(a)"\nlabel = "s31"\nletter = "As our force says it."\n'
        'requires = ["investigation"]\n',
    )
    found = exemption_named("s31(1)(a)")
    assert (found.label, found.letter) == ("s31", "As our force says it.")
    assert found.standing is Standing.QUALIFIED
    assert found.requires[0] == "investigation"
    assert {"prejudice", "likelihood", "interest_balance"} <= set(found.requires)
    assert law_of().of_site == {"s31(1)(a)"}
    assert exemptions()[0].citation == "s40(2) by s40(3A)(a)"


def test_an_authority_adds_a_limb_which_asks_what_its_test_and_standing_ask(site: Path) -> None:
    write(site, "exemptions/eir.toml", COMPLETE)
    found = exemption_named("regulation 12(5)(h)", Regime.EIR)
    assert found is exemptions(Regime.EIR)[-1]
    assert [one.key for one in missing(found, {})] == [
        "provider", "adverse_effect", "causal_link", "why_would",
        "interest_for", "interest_against", "interest_balance",
    ]  # fmt: skip


def test_an_authority_adds_a_question_of_its_own(site: Path) -> None:
    write(
        site,
        "forms.toml",
        '[[question]]\nkey = "gold"\nasks = "Which gold commander agreed?"\nkind = "text"\n'
        'lead = "Agreed by"\n',
    )
    write(
        site,
        "exemptions/foi.toml",
        '[[exemption]]\ncitation = "s24(1)"\nrequires = ["gold"]\n',
    )
    assert forms().questions["gold"].asks == "Which gold commander agreed?"
    assert exemption_named("s24(1)").requires[0] == "gold"


def test_the_law_that_ships_is_back_when_the_file_is_gone(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(site, "exemptions/eir.toml", COMPLETE)
    assert law_of(Regime.EIR).of_site
    monkeypatch.setenv("REDACTOR_LAW", str(site / "elsewhere"))
    assert not law_of(Regime.EIR).of_site


CHANGE = '[[exemption]]\ncitation = "s31(1)(a)"\n'


@pytest.mark.parametrize(
    ("text", "entry", "why"),
    [
        ("[[exemption]]\nlabel = s21", "TOML", "line 2"),
        ("exemption = 3", "the file", "“exemption” has to be a list of tables"),
        ('[[exemptions]]\ncitation = "s21"', "the file", "there is no field “exemptions”"),
        (CHANGE + 'standing = "absolute"', "s31(1)(a)", "follows from the law"),
        (CHANGE + 'test = "class"', "s31(1)(a)", "follows from the law"),
        (CHANGE + 'spares = ["interest_balance"]', "s31(1)(a)", "follows from the law"),
        (CHANGE + "neither_confirm_nor_deny = true", "s31(1)(a)", "follows from the law"),
        (CHANGE + "label = 31", "s31(1)(a)", "“label” has to be a text"),
        (CHANGE + 'label = ""', "s31(1)(a)", "“label” says nothing"),
        (CHANGE + 'label = "Secret"', "s31(1)(a)", "a part of the citation"),
        (CHANGE + 'labels = "s31"', "s31(1)(a)", "there is no field “labels”"),
        (CHANGE + 'requires = ["wisdom"]', "s31(1)(a)", "there is no question “wisdom”"),
        (CHANGE + 'requires = ["article_9_head"]', "s31(1)(a)", "depends on “data_class”"),
        (CHANGE + 'in_force = "2020"', "s31(1)(a)", "“in_force” has to be a date"),
        (CHANGE + "requires = [{ a = 1 }]", "s31(1)(a)", "“requires” has to be a list of texts"),
        (CHANGE + CHANGE, "s31(1)(a)", "it is there twice"),
        ('[[exemption]]\nlabel = "s21"', "exemption", "“citation” is missing"),
        (NEW, "Example Act 1999", "“label” is missing"),
        (COMPLETE.replace("qualified", "certain"), "reg 12(5)(h)", "“standing” has to be one of"),
        (COMPLETE.replace("adverse-effect", "harm"), "reg 12(5)(h)", "“test” has to be one of"),
        (COMPLETE.replace("reg 12(5)(h)", "12(5) eff"), "12(5) eff", "cannot be read"),
        (
            COMPLETE.replace("qualified", "unweighed")
            .replace("adverse-effect", "class")
            .replace('["provider"]', "[]"),
            "reg 12(5)(h)",
            "“requires” is empty",
        ),
        (COMPLETE + 'spares = ["interest_balance"]', "reg 12(5)(h)", "cannot be spared"),
        (COMPLETE + 'also = ["s31(1)(b)"]', "reg 12(5)(h)", "another limb has the same citation"),
        ('[[conflict]]\nthese = "s38"', "conflict 1", "is missing"),
        (
            '[[conflict]]\nthese = "s38"\nthose = "s31"\nkind = "rarely"\nwhy = "x"\nsource = "y"',
            "conflict 1",
            "“kind” has to be one of",
        ),
    ],
)
def test_a_mistake_in_the_authoritys_file_is_said_with_its_file_and_its_entry(
    site: Path, text: str, entry: str, why: str
) -> None:
    path = write(site, "exemptions/foi.toml", text)
    with pytest.raises(UsageError) as refused:
        exemptions()
    said = refused.value.user_message
    assert said.startswith(f"{path} cannot be used: ")
    assert entry in said
    assert why in said
    assert said.endswith("Correct it, or take it away.")


QUESTION = '[[question]]\nkey = "gold"\nasks = "Who?"\nkind = "text"\nlead = "By"\n'
CHOICES = 'choices = [{ value = "yes", label = "Yes", says = "It is." }]\n'


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (QUESTION + QUESTION, "it is there twice"),
        (QUESTION.replace('"text"', '"essay"'), "“kind” has to be one of"),
        (QUESTION + 'part = "appendix"', "“part” has to be one of"),
        (QUESTION + CHOICES, "“choices” belong to"),
        (QUESTION.replace('"text"', '"choice"'), "“choices” belong to"),
        (QUESTION.replace('"text"', '"yes-no"') + CHOICES, "have to be yes and no"),
        (QUESTION.replace('lead = "By"\n', ""), "“lead” is missing"),
        (QUESTION + 'when = ["always"]', "“when” has to be a list of tables"),
        (QUESTION + 'when = [{ data_class = "special" }]', "each “when” has to be as"),
        ("[always]\nqualified = []", "there is no field “always”"),
    ],
)
def test_a_mistake_in_the_authoritys_questions_is_said_too(site: Path, text: str, why: str) -> None:
    path = write(site, "forms.toml", text)
    with pytest.raises(UsageError) as refused:
        exemptions()
    assert refused.value.user_message.startswith(f"{path} cannot be used: ")
    assert why in refused.value.user_message


def test_a_file_that_is_not_utf_8_or_not_there_is_said(tmp_path: Path) -> None:
    path = tmp_path / "foi.toml"
    with pytest.raises(UsageError, match="cannot be opened"):
        read_table(path)
    path.write_bytes('title = "caf\xe9"'.encode("latin-1"))
    with pytest.raises(UsageError, match="UTF-8"):
        read_table(path)


def test_a_file_that_windows_saved_with_a_mark_at_its_beginning_is_read(site: Path) -> None:
    (site / "exemptions" / "eir.toml").write_bytes(b"\xef\xbb\xbf" + COMPLETE.encode())
    assert "reg 12(5)(h)" in law_of(Regime.EIR).of_site


def test_what_the_documentation_shows_an_authority_can_be_used_as_it_stands(site: Path) -> None:
    documentation = Path(__file__).parents[3] / "docs" / "law.md"
    shown = re.findall(r"```toml\n# (\S+)\n(.*?)```", documentation.read_text("utf-8"), re.DOTALL)
    for name, text in shown:
        write(site, name, text)
    assert [name for name, _ in shown] == ["exemptions/foi.toml", "forms.toml", "reasons.toml"]
    assert exemption_named("s38(1)(b)").requires[:2] == ("endangered", "security_adviser")
    assert reasons()[-1].regimes == {Regime.FOI}
