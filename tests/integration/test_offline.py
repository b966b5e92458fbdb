from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

DOCUMENTS = Path(__file__).resolve().parents[2] / "resources" / "sample_case" / "documents"

#: Runs a whole scan as a worker does, and writes down every attempt to reach a network. Noted, not
#: raised: a library might catch the error and so hide that it had tried.
SCAN = """
import json, sys
from pathlib import Path

attempts = []

def watch(event, arguments):
    # urllib3 comes along with a library, and on import asks the system whether it knows IPv6 by
    # taking a port on this machine's own address for a moment. No packet leaves by that.
    if event == "socket.bind" and arguments[1] == ("::1", 0):
        return
    if event in WATCHED:
        attempts.append(event)

WATCHED = {
    "socket.connect", "socket.bind", "socket.sendto", "socket.sendmsg", "socket.getaddrinfo",
    "socket.gethostbyname", "socket.gethostbyaddr", "socket.getnameinfo", "urllib.Request",
    "http.client.connect", "ftplib.connect", "smtplib.connect", "subprocess.Popen", "os.system",
}
sys.addaudithook(watch)

from redactor.jobs import FindingBatch, read_document
from redactor.release.order import FileSource

answers = {}
for path in map(Path, sys.argv[1:]):
    labels = set()

    def report(what):
        if isinstance(what, FindingBatch):
            labels.update(one.label for one in what.findings)

    reading = read_document(FileSource(path), report=report)
    answers[path.name] = {
        "labels": sorted(labels), "incomplete": [one.why for one in reading.incomplete]
    }
print(json.dumps({"attempts": attempts, "answers": answers}))
"""


def test_a_scan_on_a_fresh_account_reaches_for_no_network(tmp_path: Path) -> None:
    names = ("response-letter.docx", "misconduct-summary.pdf", "complaints-2023.csv")
    home = tmp_path / "home"
    home.mkdir()
    fresh = {"HOME": str(home), "USERPROFILE": str(home), "LOCALAPPDATA": str(home)}
    environment = {k: v for k, v in os.environ.items() if not k.startswith("XDG_")} | fresh
    command = [sys.executable, "-c", SCAN, *(str(DOCUMENTS / name) for name in names)]
    done = subprocess.run(
        command, env=environment, capture_output=True, text=True, check=False, timeout=300
    )
    assert done.returncode == 0, done.stderr
    answer = json.loads(done.stdout)
    assert answer["attempts"] == []
    assert set(answer["answers"]) == set(names)
    for name, found in answer["answers"].items():
        assert found["incomplete"] == [], name
        # An e-mail address is what makes a library look for the list of public suffixes.
        assert {"PERSON", "EMAIL"} <= set(found["labels"]), name
    assert [one for one in home.rglob("*") if one.is_file()] == []
