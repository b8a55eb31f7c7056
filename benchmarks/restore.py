"""How long a backup and its restoring take: ``./todoke bench restore [applications] [kilobytes] [database address]``.

Applications with one file each are multiplied from one that went through the real intake (rows by bulk insert, files on
disk, one audit entry each); then ``./todoke backup`` twice, ``restore --check`` and ``restore`` are timed as commands.
A second, empty PostgreSQL database must be named by ``TODOKE_BENCH_EMPTY`` when the first is PostgreSQL.
"""

import hashlib
import os
import platform
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
COUNT = int(sys.argv[1]) if len(sys.argv) > 1 else 30_000
KILOBYTES = int(sys.argv[2]) if len(sys.argv) > 2 else 100
ADDRESS = sys.argv[3] if len(sys.argv) > 3 else ""
ROOM = Path(tempfile.mkdtemp(prefix="todoke-restore-", dir=os.environ.get("TODOKE_BENCH_ROOM")))
os.environ |= {
    "TODOKE_VAR": str(ROOM / "here"),
    "TODOKE_DATABASE": ADDRESS,
    "DJANGO_SETTINGS_MODULE": "todoke.settings",
}
sys.path.insert(0, str(ROOT / "src"))

import django  # noqa: E402 - the settings come first

django.setup()

from django.core.management import call_command  # noqa: E402 - the settings come first
from django.db import transaction  # noqa: E402 - the settings come first

from todoke.accounts.actors import Guest  # noqa: E402 - the settings come first
from todoke.audit import chain  # noqa: E402 - the settings come first
from todoke.cases import intake  # noqa: E402 - the settings come first
from todoke.cases.models import Case, Draft  # noqa: E402 - the settings come first
from todoke.cases.numbers import written  # noqa: E402 - the settings come first
from todoke.formbuilder.models import Answer, Submission, Upload  # noqa: E402 - the settings come first
from todoke.formbuilder.models.submission import new_token  # noqa: E402 - the settings come first
from todoke.proving import service  # noqa: E402 - the settings come first

BATCH = 500


def first() -> Case:
    release = service.build()
    draft = intake.begin(release, by=Guest())
    for page, fields in service.answers("b0x00000").items():
        draft.submission.save_page(page, fields, by=Guest())
    return intake.accept(draft.submission, by=Guest())


def copy_of(thing, **changes):
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
            copy_of(case, submission_id=made.pk, charge_id=None, number=written(2026, 100_000 + number))
            for number, made in zip(numbers, submissions, strict=True)
        ]
    )
    for made in cases:
        chain.record(made, "受付", by=Guest())


def timed(name: str, *words: str, var: str = "here", address: str = ADDRESS) -> None:
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src"), "TODOKE_VAR": str(ROOM / var)}
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
    vault, key = str(ROOM / "vault"), ["--key-file", str(ROOM / "key")]
    timed("new key", "backup", "--new-key", *key)
    timed("backup, first", "backup", vault, *key)
    timed("backup, again", "backup", vault, *key)
    timed("check", "restore", vault, "--check", *key)
    timed("restore", "restore", vault, *key, var="there", address=os.environ.get("TODOKE_BENCH_EMPTY", ""))


if __name__ == "__main__":
    try:
        main()
    finally:
        shutil.rmtree(ROOM, ignore_errors=True)
