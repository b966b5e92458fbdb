"""Models of a site: found by their files, really loaded, joined to what ships, never in silence."""

from __future__ import annotations

import json
import logging
import pickle
import subprocess
import sys
import textwrap
import warnings
from itertools import pairwise
from pathlib import Path

import pytest
import spacy

from redactor import jobs
from redactor.config import model_folders, models_folder
from redactor.detect import ScanOptions, scan
from redactor.detect.in_use import detection_in_use
from redactor.detect.recognise.site import UnusableModel, site_recogniser, windows
from redactor.detect.site_models import ModelKind, SiteModel, find_models
from redactor.jobs import FileSource
from redactor.model import Document, Finding, Incomplete, LinePlace, Segment, quiet
from redactor.workers.answers import read_answer
from tests.unit.detect.gliner_kit import save_gliner

TEXT = "the parcel was carefully left by the gate, and then they quietly went to the mill"
KNOWN = [
    {"label": "PERSON", "pattern": "carefully"},
    {"label": "GPE", "pattern": "quietly"},
    {"label": "MONEY", "pattern": "parcel"},
]


def save_pipeline(folder: Path, name: str = "site_words") -> Path:
    """Make a real pipeline that knows a few words, and save it."""
    made = spacy.blank("en")
    made.meta.update({"name": name, "version": "1.2.0"})
    made.add_pipe("entity_ruler").add_patterns(KNOWN)
    folder.parent.mkdir(parents=True, exist_ok=True)
    made.to_disk(folder)
    return folder


def change(path: Path, **new: object) -> None:
    path.write_text(json.dumps({**json.loads(path.read_text("utf-8")), **new}), "utf-8")


def searched(text: str, folder: Path) -> tuple[list[Finding], list[Incomplete]]:
    document = Document("0" * 64, "txt", (Segment(LinePlace(0), text),))
    options = ScanOptions(model=False, site=find_models([folder]))  # the site's alone
    batches = list(scan(document, options))
    findings = [one for batch in batches for one in batch.findings]
    return findings, [one for batch in batches for one in batch.incomplete]


# --- what is found ------------------------------------------------------------------------------


def test_models_are_found_as_they_are_unpacked_or_copied(tmp_path: Path) -> None:
    deep = tmp_path / "en_core_web_lg" / "en_core_web_lg" / "en_core_web_lg-3.8.0"
    save_pipeline(deep, "core_web_lg")
    save_pipeline(tmp_path / "flat")
    gliner = tmp_path / "gliner small"
    gliner.mkdir()
    (gliner / "gliner_config.json").write_text("{}", "utf-8")
    (tmp_path / "notes").mkdir()
    (tmp_path / "readme.txt").write_text("put models here", "utf-8")
    found = find_models([tmp_path])
    assert [(one.name, one.kind, one.path) for one in found] == [
        ("en_core_web_lg 1.2.0", ModelKind.SPACY, deep),
        ("en_site_words 1.2.0", ModelKind.SPACY, tmp_path / "flat"),
        ("gliner small", ModelKind.GLINER, gliner),
    ]


def test_a_folder_given_twice_is_one_model(tmp_path: Path) -> None:
    save_pipeline(tmp_path / "flat")
    assert len(find_models([tmp_path, tmp_path])) == 1


@pytest.mark.parametrize(
    "meta", ["", "[]", "{}", '{"lang": "en", "name": "x"}', "[" * 100_000, "\ufffe"]
)
def test_a_model_that_does_not_name_itself_has_the_name_of_its_folder(
    tmp_path: Path, meta: str
) -> None:
    (tmp_path / "ours").mkdir()
    (tmp_path / "ours" / "config.cfg").write_text("", "utf-8")
    (tmp_path / "ours" / "meta.json").write_text(meta, "utf-8")
    assert [one.name for one in find_models([tmp_path])] == ["ours"]


def test_odd_names_are_shown_in_one_short_line(tmp_path: Path) -> None:
    folder = save_pipeline(tmp_path / "flat")
    change(folder / "meta.json", name="a\nb\u202e\x1b[31m" + "c" * 500)
    (name,) = (one.name for one in find_models([tmp_path]))
    assert name.isprintable()
    assert len(name) <= 60


def test_what_lies_deeper_than_a_package_is_not_looked_for(tmp_path: Path) -> None:
    save_pipeline(tmp_path / "a" / "b" / "c" / "d")
    assert find_models([tmp_path]) == ()


def test_no_folder_of_models_is_no_trouble(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("REDACTOR_MODELS", raising=False)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path))
    assert model_folders() == ()
    assert find_models(model_folders()) == ()
    save_pipeline(models_folder() / "flat")
    assert [one.name for one in find_models(model_folders())] == ["en_site_words 1.2.0"]
    monkeypatch.setenv("REDACTOR_MODELS", "")
    assert model_folders() == ()


def test_a_named_folder_that_is_not_there_blocks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REDACTOR_MODELS", str(tmp_path / "share"))
    (found,) = find_models(model_folders())
    assert found.kind is ModelKind.UNREADABLE
    _, (incomplete,) = searched(TEXT, tmp_path / "share")
    assert "share: its folder cannot be read" in incomplete.why


# --- what a pipeline finds ----------------------------------------------------------------------


def test_what_a_pipeline_finds_joins_the_rest(tmp_path: Path) -> None:
    text = f"{TEXT}; call 01632 960147"
    without, _ = searched(text, tmp_path)
    save_pipeline(tmp_path / "flat")
    findings, incomplete = searched(text, tmp_path)
    assert not incomplete
    of_site = {one.text: one for one in findings if "en_site_words" in one.recogniser}
    assert {text: one.label for text, one in of_site.items()} == {
        "carefully": "PERSON",
        "quietly": "PLACE",
    }
    assert of_site["carefully"].why == "found by en_site_words 1.2.0"
    assert of_site["carefully"].recogniser == "trained-en_site_words 1.2.0@1"
    missing = {(one.text, one.label) for one in without} - {
        (one.text, one.label) for one in findings
    }
    assert not missing
    assert any(one.label == "PHONE" for one in findings)


def test_two_models_join_each_other(tmp_path: Path) -> None:
    save_pipeline(tmp_path / "one")
    other = spacy.blank("en")
    other.add_pipe("entity_ruler").add_patterns([{"label": "ORG", "pattern": "mill"}])
    other.to_disk(tmp_path / "two")
    findings, _ = searched(TEXT, tmp_path)
    assert {"carefully", "quietly", "mill"} <= {one.text for one in findings}


def test_names_are_not_asked_for_where_only_numbers_are_wanted(tmp_path: Path) -> None:
    save_pipeline(tmp_path / "flat")
    document = Document("0" * 64, "txt", (Segment(LinePlace(0), TEXT),))
    options = ScanOptions(names=False, site=find_models([tmp_path]))
    assert not [one for batch in scan(document, options) for one in batch.findings]


# --- what cannot be used ------------------------------------------------------------------------


def truncate(folder: Path) -> None:
    path = folder / "config.cfg"
    path.write_bytes(path.read_bytes()[:200])


def want_a_transformer(folder: Path) -> None:
    path = folder / "config.cfg"
    text = path.read_text("utf-8")
    path.write_text(text.replace('factory = "entity_ruler"', 'factory = "transformer"'), "utf-8")


def lose_a_file(folder: Path) -> None:
    (folder / "vocab" / "strings.json").unlink()


def age(folder: Path) -> None:
    change(folder / "meta.json", spacy_version=">=2.3.0,<2.4.0")


def find_no_names(folder: Path) -> None:
    made = spacy.blank("en")
    made.add_pipe("sentencizer")
    made.to_disk(folder)


@pytest.mark.parametrize(
    ("spoil", "why"),
    [
        (truncate, "a file of it is missing or damaged"),
        (want_a_transformer, "it needs a package that is not installed"),
        (lose_a_file, "a file of it is missing or damaged"),
        (age, "it was made for another version of spaCy"),
        (find_no_names, "it has no part that finds names"),
    ],
)
def test_a_pipeline_that_cannot_be_used_blocks_and_the_rest_is_searched(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, spoil, why: str
) -> None:
    folder = save_pipeline(tmp_path / "broken")
    spoil(folder)
    save_pipeline(tmp_path / "sound")
    caplog.set_level(logging.DEBUG)
    findings, incomplete = searched(f"{TEXT}; call 01632 960147", tmp_path)
    assert [one.place for one in incomplete] == ["detection"]
    assert f": {why}" in incomplete[0].why
    assert find_models([tmp_path])[0].name in incomplete[0].why
    assert {"carefully", "01632 960147"} <= {one.text for one in findings}
    logged = "\n".join(f"{one.getMessage()} {one.exc_text}" for one in caplog.records)
    assert "a model of the site cannot be used" in logged
    assert "carefully" not in logged
    assert "960147" not in logged


def test_a_model_that_fails_on_a_text_is_a_search_that_did_not_finish(tmp_path: Path) -> None:
    folder = save_pipeline(tmp_path / "flat")
    recogniser = site_recogniser(find_models([folder])[0])
    longer_than_it_takes = "carefully " * 130_000
    assert list(recogniser.hits(longer_than_it_takes, None)) == []
    assert recogniser.stalled == ["trained-en_site_words 1.2.0: ValueError"]


def test_what_a_library_warns_of_a_text_goes_nowhere(tmp_path: Path) -> None:
    made = spacy.blank("en")
    made.add_pipe("entity_ruler").add_patterns(KNOWN)
    lookups = made.add_pipe("lemmatizer", config={"mode": "rule"}).lookups
    for table in ("lemma_rules", "lemma_exc", "lemma_index"):
        lookups.add_table(table, {"verb": []})
    made.to_disk(tmp_path / "warning")
    with warnings.catch_warnings(record=True) as heard:
        warnings.simplefilter("always")
        spacy.load(tmp_path / "warning")(TEXT)
        assert heard  # it has no tagger
        heard.clear()
        recogniser = site_recogniser(find_models([tmp_path])[0])
        assert len(list(recogniser.hits(TEXT, None))) == 2
    assert not heard


def test_a_gliner_model_without_its_library_blocks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "gliner", None)
    (tmp_path / "gliner").mkdir()
    (tmp_path / "gliner" / "gliner_config.json").write_text("{}", "utf-8")
    findings, (incomplete,) = searched("call 01632 960147", tmp_path)
    assert "gliner: the package gliner is not installed" in incomplete.why
    assert [one.label for one in findings] == ["PHONE"]


def test_a_document_says_what_it_was_searched_with(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    save_pipeline(tmp_path / "models" / "sound")
    truncate(save_pipeline(tmp_path / "models" / "broken", "spoilt"))
    (tmp_path / "note.txt").write_text(TEXT, "utf-8")
    monkeypatch.setenv("REDACTOR_MODELS", str(tmp_path / "models"))
    reading = jobs.read_document(FileSource(tmp_path / "note.txt"), report=quiet)
    assert reading.notes[-1] == "Searched with en_site_words 1.2.0 as well."
    assert ["en_spoilt 1.2.0" in one.why for one in reading.incomplete] == [True]


# --- what is in use -----------------------------------------------------------------------------


def test_what_detection_uses_is_known_and_crosses_the_pipe(tmp_path: Path) -> None:
    save_pipeline(tmp_path / "sound")
    truncate(save_pipeline(tmp_path / "broken", "spoilt"))
    in_use = detection_in_use(find_models([tmp_path]))
    assert in_use.rules > 20
    assert {"names", "domain"} <= {one.name for one in in_use.fields}
    assert [(one.name, one.library, bool(one.trouble)) for one in in_use.models] == [
        ("en_site_words 1.2.0", "spaCy", False),
        ("en_spoilt 1.2.0", "spaCy", True),
    ]
    assert read_answer(pickle.dumps(in_use)) == in_use


def test_the_window_loads_nothing_heavy_to_read_the_answer() -> None:
    code = (
        "import sys, redactor.detect.in_use;"
        "print(sorted({'spacy', 'presidio_analyzer', 'regex', 'pycrfsuite'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


_OFFLINE = """
    import socket, sys

    def refuse(*_, **__):
        raise AssertionError("the network was asked for")

    socket.socket.connect = socket.socket.connect_ex = refuse
    socket.getaddrinfo = socket.create_connection = refuse
    from pathlib import Path
    from redactor.detect.recognise.site import UnusableModel, site_recogniser
    from redactor.detect.site_models import find_models

    for model in find_models([Path(sys.argv[1])]):
        try:
            print(len(list(site_recogniser(model).hits(sys.argv[2], None))))
        except UnusableModel as error:
            print(type(error.__cause__).__name__)
"""


def run_offline(folder: Path) -> list[str]:
    script = textwrap.dedent(_OFFLINE)
    done = subprocess.run(
        [sys.executable, "-c", script, str(folder), TEXT],
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.split()


def test_no_model_asks_for_the_network(tmp_path: Path) -> None:
    truncate(save_pipeline(tmp_path / "broken"))
    save_pipeline(tmp_path / "sound", "words")
    assert run_offline(tmp_path)[-1] == "2"


# --- how much GLiNER reads at a time ------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    ["", " ", "one", "word " * 1000, "1;" * 2000, "x" * 3000, "x" * 900 + " y " + "z" * 900],
)
@pytest.mark.parametrize("most", [1, 4, 150])
def test_windows_hold_every_word_and_none_is_too_long(text: str, most: int) -> None:
    cut = list(windows(text, most))
    covered = set().union(*(range(low, high) for low, high in cut))
    assert all(at in covered for at, sign in enumerate(text) if not sign.isspace())
    assert all(high - low <= 800 or " " not in text[low:high] for low, high in cut)
    assert all(len(text[low:high].split()) <= most for low, high in cut)
    assert cut == sorted(set(cut))


def test_windows_overlap_so_that_no_name_is_cut() -> None:
    text = " ".join(f"word{at}" for at in range(1000))
    cut = list(windows(text))
    for (_, end), (start, _) in pairwise(cut):
        assert len(text[start:end].split()) == 15


# --- a real GLiNER, where its library is --------------------------------------------------------


@pytest.fixture
def gliner_folder(tmp_path: Path) -> Path:
    pytest.importorskip("gliner", reason="GLiNER and torch are no part of the program")
    save_gliner(tmp_path / "models" / "tiny")
    return tmp_path / "models"


def test_a_gliner_model_is_loaded_and_its_findings_have_labels_of_the_guide(
    gliner_folder: Path,
) -> None:
    model = SiteModel("tiny", ModelKind.GLINER, gliner_folder / "tiny")
    recogniser = site_recogniser(model)
    text = f"{TEXT}. " * 60
    hits = list(recogniser.hits(text, None))
    assert not recogniser.stalled
    assert hits  # random weights take most things for something
    assert {one.label for one in hits} <= set(recogniser.LABELS)
    assert all(text[one.start : one.end].strip() == text[one.start : one.end] for one in hits)
    assert max(one.end for one in hits) > len(text) * 0.9  # nothing is cut off
    assert hits == list(recogniser.hits(text, None))


def test_a_gliner_model_joins_a_scan(gliner_folder: Path) -> None:
    findings, incomplete = searched(f"{TEXT}; call 01632 960147", gliner_folder)
    assert not incomplete
    assert any(one.recogniser == "trained-tiny@1" for one in findings)


def test_a_gliner_model_that_leans_on_another_asks_for_nothing(gliner_folder: Path) -> None:
    change(
        gliner_folder / "tiny" / "gliner_config.json",
        encoder_config=None,
        model_name="example/encoder",
    )
    for path in gliner_folder.glob("tiny/*token*"):
        path.unlink()
    assert run_offline(gliner_folder) == ["OSError"]
    with pytest.raises(UnusableModel, match="a file of it is missing"):
        site_recogniser(SiteModel("tiny", ModelKind.GLINER, gliner_folder / "tiny"))
