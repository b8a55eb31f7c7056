"""``./todoke admissions``: a clerk or an auditor places and checks a round from files, and nothing is written half."""

import gzip
import json
import os
import subprocess
import sys
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from tests.admissions.markets import EXAMPLES, expected
from todoke.admissions.audit_bundle import bundled, opened
from todoke.admissions.child_placement import place
from todoke.admissions.instance import InvalidInstance
from todoke.admissions.instance_reader import read_instance
from todoke.runtime.refusals import Unreadable

ROUND = EXAMPLES / "pin_conflict.json"
FILES = ("result", "report", "explain", "certificate", "bundle")


def ran(*words: object) -> str:
    """What the command prints. Raises CommandError with the exit code."""
    out = StringIO()
    call_command("admissions", *map(str, words), stdout=out, stderr=StringIO())
    return out.getvalue()


def refused(*words: object) -> CommandError:
    with pytest.raises(CommandError) as problem:
        ran(*words)
    return problem.value


def placed(folder: Path, given: Path = ROUND) -> dict[str, Path]:
    files = {name: folder / name for name in FILES}
    ran(given, *(word for name, file in files.items() for word in (f"--{name}", file)))
    return files


def document(file: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(file.read_bytes())
    return found


def test_a_round_is_placed_and_found_sound_from_its_files(tmp_path: Path) -> None:
    packed = tmp_path / "round.json.gz"
    packed.write_bytes(gzip.compress(ROUND.read_bytes()))
    files = placed(tmp_path, packed)
    assert document(files["result"])["assignment"] == expected("pin_conflict")["assignment"]
    report = json.loads(ran(ROUND, "--check", files["result"], "--explanations", files["explain"]))
    assert (report["hard_violations"], report["explanation_faults"]) == (0, [])
    assert report["input_sha256"] == document(files["report"])["input_sha256"]


def test_a_result_that_breaks_a_rule_ends_with_one(tmp_path: Path) -> None:
    files = placed(tmp_path)
    wrong = document(files["result"])
    wrong["assignment"]["P1"] = None
    files["result"].write_text(json.dumps(wrong))
    problem = refused(ROUND, "--check", files["result"])
    assert (problem.returncode, str(problem)) == (1, "守られていない規則が1件あります。")


def test_an_untrue_reason_ends_with_one(tmp_path: Path) -> None:
    files = placed(tmp_path)
    wrong = document(files["explain"])
    wrong["explanations"][3]["decided_by"] = "order"
    files["explain"].write_text(json.dumps(wrong))
    problem = refused(ROUND, "--check", files["result"], "--explanations", files["explain"])
    assert problem.returncode == 1
    assert "児童「R」の希望「あか」の説明が違います" in str(problem)


def test_what_cannot_be_read_ends_with_two_and_writes_nothing(tmp_path: Path) -> None:
    wrong = document(ROUND)
    wrong["pools"][0]["capacity"] = -1
    wrong["children"][0]["order"] = "いち"
    broken = tmp_path / "broken.json"
    broken.write_text(json.dumps(wrong))
    problem = refused(broken, "--result", tmp_path / "result")
    assert problem.returncode == 2
    assert len(str(problem).splitlines()) == 2
    assert refused(tmp_path / "none.json").returncode == 2
    assert refused(ROUND, "--check", ROUND).returncode == 2
    assert [path.name for path in tmp_path.iterdir()] == ["broken.json"]


def test_when_one_file_cannot_be_written_none_is(tmp_path: Path) -> None:
    problem = refused(ROUND, "--result", tmp_path / "result", "--report", tmp_path / "none" / "report")
    assert problem.returncode == 2
    assert list(tmp_path.iterdir()) == []


def test_no_document_is_written_over_another_or_over_a_device(tmp_path: Path) -> None:
    given = tmp_path / "round.json"
    given.write_bytes(ROUND.read_bytes())
    assert refused(given, "--result", given).returncode == 2
    assert refused(given, "--result", tmp_path / "a", "--report", tmp_path / "a").returncode == 2
    assert refused(given, "--result", "/dev/null").returncode == 2
    assert given.read_bytes() == ROUND.read_bytes()


def test_a_what_if_prints_who_gains_and_who_loses(tmp_path: Path) -> None:
    changes = tmp_path / "changes.json"
    changes.write_text(json.dumps({"capacity": {"あか-0": 3}}))
    found = json.loads(ran(ROUND, "--what-if", changes, "--diff"))
    assert [each["child"] for each in found["gain"]] == ["R", "S"]
    assert found["lose"] == []


def test_two_processes_write_the_same_bytes(tmp_path: Path) -> None:
    program = (
        "import sys; from todoke.admissions.instance_reader import *;"
        "from todoke.admissions.child_placement import place;"
        "run = place(read_instance(open(sys.argv[1], 'rb').read())); run.report.pop('seconds');"
        "sys.stdout.buffer.write(canonical_bytes(list(run[1:])))"
    )
    shown = []
    for seed in ("1", "2"):
        words = [sys.executable, "-c", program, str(EXAMPLES / "siblings_swap.json")]
        environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": os.pathsep.join(sys.path)}
        shown.append(subprocess.run(words, capture_output=True, check=True, env=environment).stdout)
    assert shown[0] == shown[1] != b""


def test_a_changed_file_of_a_bundle_is_found() -> None:
    bundle = bundled(place(read_instance(ROUND.read_bytes())))
    assert bundle == bundled(place(read_instance(ROUND.read_bytes())))
    files = opened(bundle)
    assert json.loads(files["result.json"])["assignment"] == expected("pin_conflict")["assignment"]
    assert "児童相談所".encode() not in files["instance.json"]
    at = bundle.index(b"result.json") + len("result.json") + 3
    with pytest.raises((InvalidInstance, Unreadable)):
        opened(bundle[:at] + bytes([bundle[at] ^ 255]) + bundle[at + 1 :])
