from __future__ import annotations

import pytest

from redactor.detect.recognise.roles import Roles
from redactor.detect.recognise.said_after import SaidAfter
from redactor.detect.recognise.said_of_people import Offences, Outcomes, Special
from redactor.detect.recognise.spoken_of import SpokenOf
from redactor.detect.rules import CELL_BREAK, Recogniser

KINDS: tuple[type[Recogniser], ...] = (Offences, Outcomes, Special, SaidAfter, Roles)
FAMILY = [kind() for kind in KINDS]

POLICY = """Disciplinary policy and procedure
2.1 Employees must report sickness absence on the first day. A fit note is needed from day eight.
2.2 Where an allegation of theft, fraud, bullying or sexual harassment is made, the manager may
suspend the employee on full pay. A final written warning may be given, or dismissal without notice.
2.3 Suspension is a neutral act. The member of staff may bring a trade union representative.
3.1 We collect race, religion, sexual orientation, health, genetic and biometric data.
3.2 Applicants with convictions for assault or drink driving will normally be refused a licence.
Examples of gross misconduct
- physical violence or racist abuse
- misuse of the council's computers
- a criminal conviction
Fingerprints and DNA are deleted according to the Protection of Freedoms Act 2012.
"""
FIGURES = """Table 1. Outcomes by offence
Sexual assault                  3         1         4
Common assault                 12         9        14
Final written warning           5         1         0
Community resolution, 120
Muslim: 45
In 2023/24 there were 14 allegations of rape, of which 3 led to dismissal.
"""


def found(text: str, label: str = "") -> list[str]:
    hits = [hit for one in FAMILY for hit in one.hits(text, None)]
    chosen = [hit for hit in hits if label in ("", hit.label)]
    return [text[hit.start : hit.end] for hit in sorted(chosen, key=lambda hit: hit.start)]


@pytest.mark.parametrize("text", [POLICY, FIGURES, POLICY + FIGURES])
def test_rules_and_figures_speak_of_nobody(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "label", "wanted"),
    [
        ("PC Lomax kicked the kitchen door in.", "OFFENCE", "kicked the kitchen door in"),
        ("She says he got her round the throat", "OFFENCE", "got her round the throat"),
        ("He failed to declare it to Mrs Adeyemi", "OFFENCE", "failed to declare"),
        ("RUDGE, Ian: breach of NMO and s.20 GBH", "OFFENCE", "s.20 GBH"),
        ("He got a twelve month community order", "OUTCOME", "community order"),
        ("Mr Osei was NFA'd in May", "OUTCOME", "NFA'd"),
        ("she broke her left wrist", "SC_HEALTH", "broke her left wrist"),
        ("his T2DM is managed with gliclazide", "SC_HEALTH", "gliclazide"),
        ("He has PTSD and a bad back", "SC_HEALTH", "bad back"),
        ("she is of Kurdish origin", "SC_RACE", "Kurdish"),
        ("he wears a kirpan on duty", "SC_RELIGION", "kirpan"),
        ("she canvassed for the Greens", "SC_POLITICS", "canvassed for the Greens"),
        ("his USDAW rep was there", "SC_UNION", "USDAW rep"),
        ("he was sleeping with his boss", "SC_SEXLIFE", "sleeping with his boss"),
        ("she lives with her wife", "SC_ORIENTATION", "her wife"),
        ("his palm print was on the glass", "SC_BIOMETRIC", "palm print"),
        ("she carries the BRCA1 gene", "SC_GENETIC", "BRCA1 gene"),
    ],
)
def test_what_is_said_of_somebody_is_found(text: str, label: str, wanted: str) -> None:
    assert any(wanted in one for one in found(text, label)), found(text, label)


def test_what_a_scanner_misread_is_read_through() -> None:
    assert found("He was disrnissed and reca1led", "OUTCOME") == ["disrnissed", "reca1led"]


def test_a_weak_phrase_needs_somebody_near() -> None:
    assert found("The pipe was struck by the boom in the yard", "OFFENCE") == []
    assert found("She was struck by the boom in the yard", "OFFENCE") == ["struck"]


def test_the_name_of_a_field_is_no_finding_but_its_value_is() -> None:
    text = "Mr Shah, born in York\nDisability: dicky ticker\nReligion: none"
    assert found(text) == ["dicky ticker"]


def test_the_headings_of_columns_are_no_findings() -> None:
    assert found("ref,subject,offence,outcome,disability,religion") == []


def test_a_row_of_data_in_small_letters_counts_as_somebody() -> None:
    row = "40113;tagoe;kwame;2024-11-04;depression;unison;ghanaian"
    assert found(row) == ["depression", "unison", "ghanaian"]


def test_cells_of_a_column_count_as_somebody() -> None:
    assert found(CELL_BREAK.join(["punched", "slapped"]), "OFFENCE") == ["punched", "slapped"]


def test_a_surname_that_is_also_a_word_is_left_alone() -> None:
    assert found("She met Dorothy Mason and Christian Jain there") == []


def test_he_or_she_is_nobody() -> None:
    words = "The employee is asked whether he or she was ever convicted"
    assert not SpokenOf(words).sentence(8).person
    assert SpokenOf("He was never convicted").sentence(3).person


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("she is the youngest officer on the Orkney run.", "youngest officer on the Orkney run"),
        ("ask the cellist who lost a shoe, please", ""),
        ("ask the caretaker who lost a shoe, please", "caretaker who lost a shoe"),
        ("I saw the night porter with the limp.", "night porter with the limp"),
        ("that was the verger's daughter again", "verger's daughter"),
        ("he spoke to the manager.", ""),
        ("she was the first officer there", ""),
    ],
)
def test_a_description_must_pick_somebody_out(text: str, wanted: str) -> None:
    assert " ".join(found(text, "ROLE")).removeprefix("the ") == wanted
