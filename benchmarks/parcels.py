"""Parcels between two installations: applications out and in while the worker is killed, and what was lost or doubled.

./todoke bench parcels [HOW_MANY] [--kills N] [--seed N]

One installation plays both sides. The process that makes the parcel, and then the one that takes it in, is killed
(SIGKILL) at random moments and started again, as a worker is. Papers go with every tenth application.
"""

import argparse
import os
import random
import signal
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import connections
from tests.cast.cases import DOCUMENT, Counter, counter, filled, release
from tests.cast.formbuilder import PHOTO
from tests.cast.integrations import administrators
from tests.cast.parcels import carried, line

from todoke.accounts.actors import Guest
from todoke.cases import intake
from todoke.cases.models import Case
from todoke.integrations.handover import inbound_parcels, outbound_parcels
from todoke.integrations.models import Parcel, ParcelRow

LONGEST = 3.0
"""Seconds that a process lives at most before it is killed."""


def main() -> None:
    asked = argparse.ArgumentParser()
    asked.add_argument("how_many", nargs="?", type=int, default=1_000)
    asked.add_argument("--kills", type=int, default=20)
    asked.add_argument("--seed", type=int, default=19)
    given = asked.parse_args()
    call_command("migrate", verbosity=0)
    at = _service()
    on, by = line(at, settings), administrators()[0]
    for number in range(given.how_many):
        _apply(at, with_paper=number % 10 == 0)
    chance = random.Random(given.seed)
    begun = time.monotonic()
    parcel = outbound_parcels.begin_parcel(on, by=by)
    killed = _killed(outbound_parcels.make_file, parcel, given.kills // 4, chance)
    parcel.refresh_from_db()
    made = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        arrived, _ = inbound_parcels.register_parcel(on, carried(parcel, Path(folder)), by=by)
    killed += _killed(inbound_parcels.take_in, arrived, given.kills - given.kills // 4, chance)
    arrived.refresh_from_db()
    sys.exit(_told(parcel, arrived, killed, made - begun, time.monotonic() - made))


def _service() -> Counter:
    at = counter()
    questions = [*DOCUMENT["pages"][0]["groups"][0]["questions"]]
    questions.append({"id": "paper", "kind": "file", "label": "写し", "required": "no"})
    page = {**DOCUMENT["pages"][0], "groups": [{"id": "who", "title": "", "questions": questions}]}
    at.release = release(at.section, code="paper", serial=9, document={**DOCUMENT, "pages": [page]})
    return at


def _apply(at: Counter, *, with_paper: bool) -> None:
    draft = filled(at)
    if with_paper:
        draft.submission.attach("paper", SimpleUploadedFile("写し.png", PHOTO), by=Guest())
    intake.accept(draft.submission, by=Guest())


def _killed(act: Callable[[int], None], parcel: Parcel, times: int, chance: random.Random) -> int:
    """Run an act until it is done, killing it at random so many times; return how often it was killed."""
    killed = 0
    while killed < times and Parcel.objects.get(pk=parcel.pk).is_busy:
        connections.close_all()
        child = os.fork()
        if child == 0:
            act(parcel.pk)
            os._exit(0)
        time.sleep(chance.uniform(0.05, LONGEST))
        os.kill(child, signal.SIGKILL)
        _, ended = os.waitpid(child, 0)
        killed += os.WIFSIGNALED(ended)
    act(parcel.pk)
    return killed


def _told(parcel: Parcel, arrived: Parcel, killed: int, making: float, taking: float) -> int:
    """Print what went over and what was lost or doubled; return 1 for anything but nothing."""
    sent = ParcelRow.objects.filter(parcel=parcel).count()
    copies = Case.objects.filter(channel=Case.Channel.PARTNER)
    lost, doubled = sent - copies.count(), copies.count() - ParcelRow.objects.filter(parcel=arrived).count()
    papers = sum(case.submission.uploads.current().count() for case in copies)
    print(f"{sent:,} applications out and in, killed {killed} times: {lost} lost, {doubled} doubled, {papers} papers")
    print(f"made in {making:.1f} s, taken in {taking:.1f} s, accepted {arrived.accepted}, refused {arrived.refused}")
    return int(bool(lost or doubled or arrived.refused))


if __name__ == "__main__":
    main()
