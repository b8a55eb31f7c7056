"""On an empty, half-made or older installation each command says in one sentence what is missing and what to do."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import OperationalError, ProgrammingError

from todoke.runtime.models import InstalledBuild
from todoke.web.startup_problems import NO_RIGHT, OLDER, sentence

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize(
    ("problem", "said"),
    [
        (OperationalError("no such table: procedures_procedure"), "./todoke migrate"),
        (ProgrammingError('column "x" does not exist'), "./todoke migrate"),
        (ProgrammingError("permission denied for table jobs_job"), NO_RIGHT),
        (OperationalError("unable to open database file"), "TODOKE_DATABASE"),
        (OperationalError('connection failed: FATAL: database "todoke" does not exist'), "TODOKE_DATABASE"),
        (ImproperlyConfigured("版が違うため、起動しません。"), "版が違うため"),
        (PermissionError(13, "Permission denied", "/var/lib/todoke"), "/var/lib/todoke"),
    ],
)
@pytest.mark.django_db
def test_a_problem_of_the_installation_is_one_sentence_with_a_remedy(problem: Exception, said: str) -> None:
    assert said in sentence(problem)
    assert "\n" not in sentence(problem)


@pytest.mark.django_db
def test_a_fault_of_the_program_is_no_problem_of_the_installation() -> None:
    assert sentence(KeyError("x")) == ""
    assert sentence(OperationalError("deadlock detected")) == ""


@pytest.mark.django_db
def test_an_older_database_is_told_from_an_empty_one() -> None:
    InstalledBuild.objects.all().delete()
    assert "まだ空です" in sentence(OperationalError("no such table: x"))
    made = InstalledBuild.objects.create(build="another")
    assert "ほかの版のプログラム" in sentence(OperationalError("no such column: x"))
    made.delete()
    assert OLDER.startswith("データベースの表が")


def run(var: Path, *words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    surroundings = {**os.environ, "TODOKE_VAR": str(var), "TODOKE_DATABASE": "", "PYTHONPATH": str(ROOT / "src")}
    command = [sys.executable, "-m", "todoke", *words]
    return subprocess.run(command, capture_output=True, text=True, cwd=ROOT, env=surroundings | environment)


@pytest.mark.slow
@pytest.mark.sqlite
def test_an_import_on_a_fresh_clone_says_to_migrate_first(tmp_path: Path) -> None:
    table = tmp_path / "手続.csv"
    table.write_text("手続番号,手続名\n1,犬の登録\n")
    done = run(tmp_path / "var", "import", str(table))
    assert (done.returncode, "./todoke migrate" in done.stderr, "Traceback" in done.stderr) == (1, True, False)


EVERY = (
    "audit", "jobs", "import 手続.csv", "worker", "paperpack 紙", "readonly replay", "backup 控え",
    "restore 控え --list",
    "invite a@example.lg.jp --role administrator --name 井上 --department 課 --code 1", "language list", "compare x y",
    "mailed_links", "permissions", "serve --port 9",
)  # fmt: skip


@pytest.mark.nightly
@pytest.mark.sqlite
@pytest.mark.parametrize("words", EVERY)
def test_no_command_ends_in_a_traceback_on_an_empty_installation(words: str, tmp_path: Path) -> None:
    (tmp_path / "手続.csv").write_text("手続番号,手続名\n1,犬の登録\n")
    done = run(tmp_path / "var", *words.split(), TODOKE_BACKUPS=str(tmp_path / "控え"))
    assert "Traceback" not in done.stderr
    assert len(done.stderr.strip().splitlines()) <= 3, done.stderr


@pytest.mark.slow
@pytest.mark.sqlite
def test_a_setting_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    done = run(tmp_path, "jobs", TODOKE_SMTP_PORT="abc")
    assert "設定を読めません" in done.stderr
    assert "Traceback" not in done.stderr
