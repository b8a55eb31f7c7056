"""Scan acts 紙を取り込む人々: one process of people who add sheets, enter values and receive applications at random."""

import json
import struct
import zlib
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.utils import timezone

from todoke.accounts.models import User
from todoke.cases.paper import scan_intake
from todoke.continuity.paperpack import boxes_of, page_count
from todoke.offers.models import Release
from todoke.proving import service
from todoke.proving.killed_people.random_acts import RandomActs
from todoke.scans.application_fields import ApplicationFields
from todoke.scans.models import ScanBatch, ScanSheet, ScanTemplate
from todoke.scans.printed_form import fields_of_boxes
from todoke.scans.sheet_files import check_picture
from todoke.scans.verification_entry import enter_values

PAGES = 6
"""Pages of a batch."""
PLAIN = {"phone": "03-0000-0000", "email": "paper@example.jp", "copies": "2", "urgent": "yes", "way": "post",
         "agreed": "yes", "family_kana": "カミ", "given_kana": "ハナコ", "given": "花子"}  # fmt: skip


def prepare() -> None:
    """Publish the template of the synthetic service's printed form."""
    release = Release.objects.select_related("offer__procedure", "offer__department").get(offer__code=service.CODE)
    ScanTemplate.publish(
        service.CODE, release.number, title="検証の様式", department=release.offer.department,
        fields=fields_of_boxes(boxes_of(release)), by=User.objects.get(email=service.CHIEFS[0]),
        pages=page_count(release),
    )  # fmt: skip


def canary(batch: int, application: int) -> str:
    """Return the words that every text of an application bears."""
    return f"束{batch}件{application}号"


def picture(seed: int) -> bytes:
    """Return a picture of a page, different for every seed."""
    side = 600
    rows = b"".join(b"\0" + struct.pack(">Q", seed) + bytes(side - 8) for _ in range(side))
    chunks = (
        (b"IHDR", struct.pack(">2I5B", side, side, 8, 0, 0, 0, 0)),
        (b"IDAT", zlib.compress(rows)),
        (b"IEND", b""),
    )
    body = b"".join(
        struct.pack(">I", len(part)) + kind + part + struct.pack(">I", zlib.crc32(kind + part)) for kind, part in chunks
    )
    return b"\x89PNG\r\n\x1a\n" + body


class People(RandomActs):
    """People who act at random and tell what they were told; the same seed acts the same."""

    latest = 12

    def __init__(self, seed: int, told: Callable[[dict[str, Any]], None]) -> None:
        super().__init__(seed)
        self.clerk, self.told = User.objects.get(email=service.CLERK), told
        self.template = ScanTemplate.objects.get(key=service.CODE)

    def weights(self) -> dict[Callable[[], None], int]:
        """Return the acts and how often each is chosen beside the others."""
        return {self._begin: 1, self._add: 8, self._check: 2, self._enter: 6, self._receive: 6, self._finish: 1}

    def refused(self) -> None:
        self.told({"what": "refused"})

    def _batch(self, *statuses: str) -> ScanBatch | None:
        return self.one(ScanBatch.objects.filter(status__in=statuses).select_related("template", "department"))

    def _begin(self) -> None:
        received = timezone.now() - timedelta(minutes=1)
        claimed = PAGES * self.template.pages
        ScanBatch.begin(self.template, channel="post", claimed=claimed, received_at=received, by=self.clerk)
        self.told({"what": "act"})

    def _add(self) -> None:
        batch = self._batch("arrived", "checking")
        if batch is None:
            self._begin()
            return
        if batch.sheets.count() >= batch.claimed:
            return
        content = check_picture(picture(self.chance.getrandbits(60)))
        for _ in range(self.chance.choice([1, 1, 2])):
            sheet, _ = ScanSheet.add(batch, content, by=self.clerk)
            self.told({"what": "sheet", "sha": sheet.sha256, "batch": batch.pk})

    def _check(self) -> None:
        if batch := self._batch("arrived"):
            batch.begin_checking(by=self.clerk)
            self.told({"what": "act"})

    def _application(self, batch: ScanBatch) -> int | None:
        known = sorted(set(batch.sheets.live().filter(settled_at=None).values_list("application", flat=True)))
        return self.chance.choice(known) if known else None

    def _enter(self) -> None:
        batch = self._batch("checking")
        application = self._application(batch) if batch else None
        if batch is None or application is None:
            return
        fields = ApplicationFields(batch, application, self.clerk)
        mark = canary(batch.pk, application)
        values = {
            row.field.key: PLAIN.get(row.field.key.partition("__")[2] or row.field.key, mark) for row in fields.rows
        }
        enter_values(fields, values, shown_at=timezone.now(), unreadable=frozenset())
        self.told({"what": "values", "batch": batch.pk, "application": application, "keys": sorted(values)})

    def _receive(self) -> None:
        """Receive an application, now and then with a second press."""
        batch = self._batch("checking")
        application = self._application(batch) if batch else None
        if batch is None or application is None:
            return
        for _ in range(self.chance.choice([1, 1, 2])):
            found = scan_intake.receive(batch, application, by=self.clerk)
            if found.case is not None:
                told = {"what": "case", "batch": batch.pk, "application": application, "number": found.case.number}
                self.told(told)

    def _finish(self) -> None:
        if batch := self._batch("checking"):
            batch.finish(by=self.clerk)
            self.told({"what": "act"})


def live(seed: int, path: Path) -> None:
    """Act until the process is killed, with a line for each end of an act."""
    with path.open("a", buffering=1) as journal:
        people = People(seed, lambda fact: print(json.dumps(fact), file=journal, flush=True))
        while True:
            people.act()
