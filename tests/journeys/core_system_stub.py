"""A stub of a core system (基幹システム) as a process of its own: it does four things in order over HTTP.

What it finished stands in a file. It may kill itself after the answer to a step and before it has written that down,
the worst moment to die. ``python core_system_stub.py BASE KEY SERVICE FILE [STEP]``
"""

import json
import os
import signal
import sys
import urllib.request
from pathlib import Path
from typing import Any

ANSWERS = json.loads(os.environ.get("CORE_ANSWERS", "{}"))


def asked(method: str, path: str, body: Any = None, **headers: str) -> Any:
    """Ask the API and return the body of its answer."""
    sent = None if body is None else json.dumps(body).encode()
    shown = {"Authorization": f"Bearer {sys.argv[2]}", "Content-Type": "application/json", **headers}
    request = urllib.request.Request(f"{sys.argv[1]}/api/v1{path}", sent, shown, method=method)
    with urllib.request.urlopen(request, timeout=60) as answer:
        return json.load(answer)


def hand_in(_: str) -> str:
    body = {"service": sys.argv[3], "answers": ANSWERS}
    return str(asked("POST", "/cases", body, **{"Idempotency-Key": f"core-{Path(sys.argv[4]).stem}"})["number"])


def read(number: str) -> str:
    assert asked("GET", f"/cases/{number}/answers")["answers"]
    return number


def review(number: str) -> str:
    change = {"status": "review", "reason": "基幹システムで審査を始めた"}
    assert asked("PUT", f"/cases/{number}/status", change)["status"]["code"] == "review"
    return number


def result(number: str) -> str:
    found = {"text": "課税の状況: 問題なし"}
    asked("POST", f"/cases/{number}/results", found, **{"Idempotency-Key": f"result-{number}"})
    return number


def main() -> None:
    """Go on where the file says that it stopped."""
    notes = Path(sys.argv[4])
    done = notes.read_text().split() if notes.exists() else []
    number = done[0] if done else ""
    for place, step in enumerate((hand_in, read, review, result), 1):
        if place < len(done):
            continue
        number = step(number)
        if sys.argv[5:] == [step.__name__]:
            os.kill(os.getpid(), signal.SIGKILL)
        done = [number, *done[1:], step.__name__]
        notes.write_text(" ".join(done))


if __name__ == "__main__":
    main()
