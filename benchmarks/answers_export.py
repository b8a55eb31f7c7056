"""Answers of three versions of a form as one table: processor time, memory, and whether it is the same bytes twice.

./todoke bench answers_export [HOW_MANY]

The applications are invented and made in bulk; the files are made as a worker makes them, and read back with openpyxl.
"""

import argparse
import hashlib
import io
import platform
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import openpyxl
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.utils import timezone
from tests.cast import cases as cast_cases
from tests.cast.exported_answers import document, next_release

from todoke.accounts.models import User
from todoke.cases import receipt_numbers
from todoke.cases.exports import answer_exports
from todoke.cases.exports.answer_exports import Wish
from todoke.cases.models import AnswerExport, Case
from todoke.formbuilder.models import Answer, FormDraft, Submission
from todoke.jobs.models import Job
from todoke.jobs.worker import perform
from todoke.offers.models import Release

QUESTIONS = 30
ALONE = (
    "import django; django.setup(); import runpy;"
    "runpy.run_module('benchmarks.answers_export', run_name='__main__', alter_sys=True)"
)
"""Runs this module in a process of its own, on the same folder."""
KINDS = ("short_text", "phone", "money", "date", "yes_no")
GIVEN = {
    "short_text": ("=1+1", "=1+1"), "phone": ("090-1234-5678", "09012345678"), "money": ("３，０００", "3000"),
    "date": ("平成2年5月3日", "1990-05-03"), "yes_no": ("yes", "yes"),
}  # fmt: skip
NAMES = {"family": "山田", "given": "花子", "family_kana": "ヤマダ", "given_kana": "ハナコ"}


def main() -> None:
    asked = argparse.ArgumentParser()
    asked.add_argument("how_many", nargs="?", type=int, default=10_000)
    asked.add_argument("--one", help="write one file of what is there, in a process of its own")
    wish = asked.parse_args()
    how_many = wish.how_many
    if wish.one:
        form = FormDraft.objects.get(code="club")
        _made(form, User.objects.get(email="clerk1010@example.lg.jp"), file_format=wish.one)
        return
    call_command("migrate", verbosity=0)
    at = cast_cases.counter()
    releases = _releases(at)
    _fill(at, releases, how_many)
    print(f"machine: {platform.platform()}, Python {platform.python_version()}")
    print(f"{how_many:,} applications of {len(releases)} versions, {QUESTIONS} questions and a name each\n")
    form = at.release.form_version.draft
    for file_format in ("xlsx", "csv", "json"):
        subprocess.run([sys.executable, "-c", ALONE, "--one", file_format], check=True)
    _same_bytes(form, at.clerk, how_many)
    _only_new(at, form, releases, how_many)


def _questions(version: int) -> list[dict[str, Any]]:
    """Each version drops five questions and adds five."""
    numbers = range(version * 5, version * 5 + QUESTIONS)
    return [{"id": "name", "kind": "name", "label": "氏名"}] + [
        {"id": f"a{n}", "kind": KINDS[n % 5], "label": f"設問{n}", "required": "no"} for n in numbers
    ]


def _releases(at: cast_cases.Counter) -> list[Release]:
    first = cast_cases.release(at.section, code="club", serial=77, document=document(*_questions(0)))
    found = [first]
    for version in (1, 2):
        found.append(next_release(found[-1], document(*_questions(version)), version + 1))
    at.release = found[-1]
    return found


def _fill(at: cast_cases.Counter, releases: list[Release], how_many: int, start: int = 0) -> None:
    now = timezone.now()
    for begin in range(start, start + how_many, 1000):
        block = range(begin, min(begin + 1000, start + how_many))
        chosen = [releases[index % len(releases)] for index in block]
        submissions = Submission.objects.bulk_create(
            Submission(version=each.form_version, status="submitted", submitted_at=now) for each in chosen
        )
        Case.objects.bulk_create(
            Case(
                number=receipt_numbers.format_number(2026, index + 1), release=release, submission=submission,
                body_hash="0" * 64, department=at.section, channel="web", applicant_name=f"山田 花子{index}",
                happened_at=now, received_at=now, recorded_at=now,
            )
            for index, release, submission in zip(block, chosen, submissions, strict=True)
        )  # fmt: skip
        Answer.objects.bulk_create(
            (answer for index, submission in zip(block, submissions, strict=True)
             for answer in _answers(submission, index % len(releases))), batch_size=2000,
        )  # fmt: skip


def _answers(submission: Submission, version: int) -> list[Answer]:
    found = [
        Answer(submission=submission, question="name", part=part, value=text, normal=text)
        for part, text in NAMES.items()
    ]
    for asked in _questions(version)[1:]:
        value, normal = GIVEN[asked["kind"]]
        found.append(Answer(submission=submission, question=asked["id"], value=value, normal=normal))
    return found


def _made(form: Any, by: User, **wish: Any) -> AnswerExport:
    """Have an export made by a worker, and say what it took."""
    before, began = _peak(), time.process_time()
    made = answer_exports.request_export(form, Case.objects.order_by("pk"), Wish(**wish), by=by)
    while (job := Job.objects.lease_next("bench")) is not None:
        perform(job)
    made.refresh_from_db()
    assert made.made_at, made.problem
    took, after = time.process_time() - began, _peak()
    print(f"{made.file_format}: {made.total:,} rows, {made.size:,} bytes, {took:.1f} s processor, "
          f"{after} MB, of which {after - before} for this")  # fmt: skip
    return made


def _peak() -> int:
    """Return the most memory of this process in MB; the kernel's own figure for a child counts its parent's too."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return int(next(line.split()[1] for line in lines if line.startswith("VmHWM:"))) // 1024


def _same_bytes(form: Any, by: User, how_many: int) -> None:
    made = _made(form, by)
    first = made.sha256
    AnswerExport.objects.filter(pk=made.pk).update(made_at=None, path="")
    answer_exports.make_file(made.pk)
    made.refresh_from_db()
    with default_storage.open(made.path) as file:
        content = file.read()
    assert hashlib.sha256(content).hexdigest() == first == made.sha256
    sheet = openpyxl.load_workbook(io.BytesIO(content), read_only=True)["回答"]
    rows = list(sheet.iter_rows(values_only=True))
    assert len(rows) == how_many + 1
    texts = {cell for row in rows[1:] for cell in row if isinstance(cell, str)}
    assert {"=1+1", "090-1234-5678"} <= texts
    print(
        f"made twice: the same {len(content):,} bytes; openpyxl reads {len(rows) - 1:,} rows of {len(rows[0])} columns"
    )
    answer_exports.note_taking(made)


def _only_new(at: cast_cases.Counter, form: Any, releases: list[Release], how_many: int) -> None:
    _fill(at, releases, 7, start=how_many)
    made = answer_exports.request_export(form, Case.objects.order_by("pk"), Wish(only_new=True), by=at.clerk)
    assert made.total == 7
    print(f"then 7 more: the second table has {made.total} rows")


if __name__ == "__main__":
    main()
