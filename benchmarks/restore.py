"""How long a backup and its restoring take: ``./todoke bench restore [applications] [kilobytes]``.

Applications with one file each are multiplied from one that went through the real intake (rows by bulk insert, files on
disk, one audit entry each); then ``./todoke backup`` twice, ``restore --check`` and ``restore`` are timed as commands.
Uses TODOKE_DATABASE when it is set (an empty PostgreSQL database; a second one must then be named by
TODOKE_BENCH_EMPTY), otherwise a SQLite database of its own; TODOKE_BENCH_ROOM names a disk for the files.
"""

import argparse
import hashlib
import os
import platform
import subprocess
import sys
import time
from pathlib import Path
from typing import TypeVar

from django.core.management import call_command
from django.db import transaction
from django.db.models import Model

from todoke.accounts.actors import Guest
from todoke.audit import log
from todoke.cases import intake
from todoke.cases.models import Case, Draft
from todoke.cases.receipt_numbers import format_number
from todoke.formbuilder.models import Answer, Submission, Upload
from todoke.formbuilder.models.submission import new_token
from todoke.proving import service

parser = argparse.ArgumentParser(description=__doc__)
parser.add_argument("applications", type=int, nargs="?", default=30_000)
parser.add_argument("kilobytes", type=int, nargs="?", default=100)
wish = parser.parse_args()
COUNT, KILOBYTES = wish.applications, wish.kilobytes
ADDRESS = os.environ.get("TODOKE_DATABASE", "")
ROOM = Path(os.environ["TODOKE_VAR"]).parent

Row = TypeVar("Row", bound=Model)
BATCH = 500


def first() -> Case:
    release = service.build()
    draft = intake.begin(release, by=Guest())
    for page, fields in service.resident_answers("b0x00000").items():
        draft.submission.save_page(page, fields, by=Guest())
    return intake.accept(draft.submission, by=Guest())


def copy_of(thing: Row, **changes: object) -> Row:
    """An unsaved row with every value of another one except the key and what is changed."""
    fields = {field.attname: getattr(thing, field.attname) for field in thing._meta.concrete_fields}
    return type(thing)(**{**fields, "id": None, **changes})


@transaction.atomic
def multiply(case: Case, answers: list[Answer], start: int, end: int) -> None:
    draft = case.submission.draft
    submissions = Submission.objects.bulk_create(
        [copy_of(case.submission, token=new_token()) for _ in range(start, end)]
    )
    Draft.objects.bulk_create([copy_of(draft, submission_id=made.pk) for made in submissions])
    Answer.objects.bulk_create(
        [copy_of(answer, submission_id=made.pk) for made in submissions for answer in answers], batch_size=2000
    )
    uploads = []
    for made in submissions:
        content = b"%PDF-1.4\n" + os.urandom(KILOBYTES * 1024)
        sha256 = hashlib.sha256(content).hexdigest()
        place = ROOM / "here" / "files" / "uploads" / sha256[:2] / f"{sha256[:32]}.pdf"
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content)
        path = str(place.relative_to(ROOM / "here" / "files"))
        uploads.append(
            Upload(submission_id=made.pk, question="paper", name="書類.pdf", path=path, media_type="application/pdf",
                   size=len(content), sha256=sha256)
        )  # fmt: skip
    Upload.objects.bulk_create(uploads)
    numbers = range(start, end)
    cases = Case.objects.bulk_create(
        [
            copy_of(case, submission_id=made.pk, charge_id=None, number=format_number(2026, 100_000 + number))
            for number, made in zip(numbers, submissions, strict=True)
        ]
    )
    for case in cases:
        log.record(case, "受付", by=Guest())


def timed(name: str, *words: str, var: str = "here", address: str = ADDRESS) -> None:
    environment = {**os.environ, "TODOKE_VAR": str(ROOM / var)}
    began = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-m", "todoke", *words], env=environment | {"TODOKE_DATABASE": address}, text=True,
        capture_output=True,
    )  # fmt: skip
    print(f"{name}: {time.monotonic() - began:.1f} s  {done.stdout.splitlines()[0] if done.stdout else done.stderr}")
    if done.returncode:
        sys.exit(done.stderr[-2000:])


def main() -> None:
    call_command("migrate", verbosity=0)
    case = first()
    answers = list(Answer.objects.filter(submission=case.submission))
    began = time.monotonic()
    for start in range(0, COUNT, BATCH):
        multiply(case, answers, start, min(start + BATCH, COUNT))
    print(f"{platform.platform()}, Python {platform.python_version()}, {os.cpu_count()} cores")
    print(f"{COUNT:,} applications with {KILOBYTES} kB each, made in {time.monotonic() - began:.0f} s")
    repository, key = str(ROOM / "vault"), ["--key-file", str(ROOM / "key")]
    timed("new key", "backup", "--new-key", *key)
    timed("backup, first", "backup", repository, *key)
    timed("backup, again", "backup", repository, *key)
    timed("check", "restore", repository, "--check", *key)
    timed("restore", "restore", repository, *key, var="there", address=os.environ.get("TODOKE_BENCH_EMPTY", ""))


if __name__ == "__main__":
    main()
