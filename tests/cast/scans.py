"""The cast of scanned paper: a template of a service's printed form, and pictures of its pages."""

import struct
import zlib
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from tests import cast
from tests.cast.cases import FILLED, Counter
from todoke.accounts.models import User
from todoke.scans.application_fields import ApplicationFields
from todoke.scans.models import ScanBatch, ScanSheet, ScanTemplate
from todoke.scans.recognition.field_types import FieldType, Policy
from todoke.scans.recognition.page_registration import Box
from todoke.scans.sheet_files import check_picture
from todoke.scans.template_fields import Mark, TemplateField
from todoke.scans.verification_entry import enter_values

WIDTH, HEIGHT = 827, 1169
WRITTEN = {"name__family": "山田", "name__given": "花子", "name__family_kana": "ヤマダ", "name__given_kana": "ハナコ",
           "email": "hanako@example.jp", "copies": "2", "welfare": "no"}  # fmt: skip
assert WRITTEN == FILLED


def png(number: int = 1, size: tuple[int, int] = (WIDTH, HEIGHT)) -> bytes:
    """A grey picture of a page, different for every number."""
    rows = b"".join(b"\0" + bytes([255 - number % 200]) * size[0] for _ in range(size[1]))
    head = struct.pack(">2I5B", *size, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", head) + _chunk(b"IDAT", zlib.compress(rows)) + _chunk(b"IEND", b"")


def _chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


LABELS = {"name__family": "氏名 氏", "name__given": "氏名 名", "name__family_kana": "氏名 氏のフリガナ",
          "name__given_kana": "氏名 名のフリガナ", "email": "メールアドレス", "copies": "通数"}  # fmt: skip


def fields(**policies: Policy) -> list[TemplateField]:
    """The fields of the certificate's form on one page."""
    kinds = {"name__family": FieldType.NAME, "name__given": FieldType.NAME, "name__family_kana": FieldType.KANA,
             "name__given_kana": FieldType.KANA, "email": FieldType.EMAIL, "copies": FieldType.NUMBER}  # fmt: skip
    made = [
        TemplateField(key, LABELS[key], kind, 1, Box(70, 40 + 12 * place, 60, 9), key != "email",
                      policies.get(key, Policy.CHECK))
        for place, (key, kind) in enumerate(kinds.items())
    ]  # fmt: skip
    marks = (Mark("yes", "はい", Box(70, 150, 3.6, 3.6)), Mark("no", "いいえ", Box(90, 150, 3.6, 3.6)))
    return [*made, TemplateField("welfare", "生活保護", FieldType.CHOICE, 1, Box(70, 150, 24, 4), True, marks=marks)]


def template(at: Counter, **policies: Policy) -> ScanTemplate:
    """The template of the form of a counter, published by its chief."""
    return ScanTemplate.publish(
        at.release.offer.code, at.release.number, title="証明書の請求", department=at.section,
        fields=fields(**policies), by=at.chief,
    )  # fmt: skip


def batch(at: Counter, claimed: int = 1, **more: Any) -> ScanBatch:
    """A batch of the counter's template that came by post an hour ago."""
    of = more.pop("template", None) or template(at)
    received = more.pop("received_at", None) or timezone.now() - timedelta(hours=1)
    return ScanBatch.begin(of, channel="post", claimed=claimed, received_at=received, by=at.clerk, **more)


def sheet(of: ScanBatch, number: int = 1, by: User | None = None) -> ScanSheet:
    """A picture of a page in a batch."""
    return ScanSheet.add(of, check_picture(png(number)), by=by or of.begun_by)[0]


def checked(of: ScanBatch, application: int = 1, *, by: User | None = None, seconds: float = 20, **other: str) -> int:
    """Somebody enters every field of an application."""
    fields = ApplicationFields(of, application, by or of.begun_by)
    shown: datetime = timezone.now() - timedelta(seconds=seconds)
    return enter_values(fields, {**WRITTEN, **other}, shown_at=shown, unreadable=frozenset())


def filled_batch(at: Counter, **more: Any) -> ScanBatch:
    """A batch with one sheet whose fields somebody checked."""
    of = batch(at, **more)
    sheet(of)
    of.begin_checking(by=at.clerk)
    checked(of)
    return of


def colleague(at: Counter, email: str = "second@example.lg.jp") -> User:
    """A second person of the section."""
    return cast.staff("田中 係員", email, section=at.section)


def with_my_number(at: Counter) -> ScanTemplate:
    """The template with a box for a My Number."""
    number = TemplateField("mine", "個人番号", FieldType.MY_NUMBER, 1, Box(70, 170, 80, 9))
    return ScanTemplate.publish(
        at.release.offer.code, at.release.number, title="証明書の請求", department=at.section,
        fields=[*fields(), number], by=at.chief,
    )  # fmt: skip
