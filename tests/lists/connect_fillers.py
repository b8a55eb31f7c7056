"""Rows for parcels, tables of answers and applications of the national portal."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from tests import cast
from tests.cast import cases
from tests.cast.integrations import machine
from tests.lists.filling import Filling, Numbers
from todoke.accounts.models import User
from todoke.integrations.models import AnswerImport, ColumnMapping, HandoverLine, NationalApplication, Parcel
from todoke.office.answers.answer_import_list import AnswerImportList
from todoke.office.partners.national_application_list import NationalApplicationList
from todoke.office.partners.parcel_list import ParcelList
from todoke.organization.models import Post


def _administrator() -> User:
    return cast.staff("管理 一郎", "administrator@example.lg.jp", Post.Role.ADMINISTRATOR)


def _line() -> tuple[User, HandoverLine]:
    partner = machine(cases.counter()).partner
    return _administrator(), HandoverLine.objects.create(partner=partner, name="戸籍の申請", peer="庁内")


def _parcels(line: HandoverLine, numbers: Numbers) -> None:
    now, by = timezone.now(), line.partner.registered_by
    Parcel.objects.bulk_create(
        Parcel(
            line=line, direction="in", status="mismatched", sequence=n % 3 + 1, manifest="x", begun_by=by, total=n % 4,
            begun_at=now - timedelta(hours=n % 3),
        )
        for n in numbers
    )  # fmt: skip


def _portal() -> tuple[User, None]:
    return _administrator(), None


def _applications(_: Any, numbers: Numbers) -> None:
    now = timezone.now()
    NationalApplication.objects.bulk_create(
        NationalApplication(
            number=f"N-{n:04}", title=f"手続{n % 3}", waits_for="手続", arrived_at=now - timedelta(hours=n % 3)
        )
        for n in numbers
    )


def _mapping() -> tuple[User, tuple[ColumnMapping, User]]:
    at = cases.counter()
    return at.clerk, (ColumnMapping.objects.create(offer=at.release.offer, source="table", code="x"), at.clerk)


def _imports(needed: tuple[ColumnMapping, User], numbers: Numbers) -> None:
    (mapping, by), now = needed, timezone.now()
    AnswerImport.objects.bulk_create(
        AnswerImport(
            mapping=mapping, file_name=f"回答{n % 3}.csv", encoding="utf-8", begun_by=by, total=n % 4,
            begun_at=now - timedelta(hours=n % 3),
        )
        for n in numbers
    )  # fmt: skip


CONNECT_FILLINGS = (
    Filling(ParcelList, _line, _parcels),
    Filling(NationalApplicationList, _portal, _applications),
    Filling(AnswerImportList, _mapping, _imports, section_only=True),
)
