"""Rows for the lists of the inventory 手続の台帳: procedures, reviews, imports, rounds, pairs that look alike."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from tests import cast
from tests.cast.procedures import procedure
from tests.cast.reviews import headquarters
from tests.lists.filling import Filling, Numbers
from todoke.accounts.models import User
from todoke.office.inventory.duplicate_list import DuplicateList
from todoke.office.inventory.import_list import ImportList
from todoke.office.inventory.listing_request_list import ListingRequestList
from todoke.office.inventory.procedure_list import ProcedureList
from todoke.office.inventory.review_list import ReviewList
from todoke.office.inventory.round_list import RoundList
from todoke.office.inventory.unsettled_list import UnsettledList
from todoke.procedures.models import DuplicateCandidate, ImportRun, ListingRequest, Procedure, procedure_number
from todoke.reviews.models import Review
from todoke.rounds.models import Round, RoundSheet

DAY = date(2026, 4, 1)


def _leader() -> tuple[User, Any]:
    by = headquarters()
    return by, by


def _imports(by: User, numbers: Numbers) -> None:
    ImportRun.objects.bulk_create(
        ImportRun(
            token=f"t{n:03}", file_name=f"手続{n % 3}.csv", digest="0", created_count=n % 4,
            status=ImportRun.Status.DONE if n % 2 else ImportRun.Status.CHECKED, started_by=by if n % 2 else None,
        )
        for n in numbers
    )  # fmt: skip


def _rounds(by: User, numbers: Numbers) -> None:
    at, section = timezone.now(), cast.department()
    made = Round.objects.bulk_create(
        Round(
            code=f"r{n:03}", title=f"棚卸{n % 3}", starts_on=DAY, ends_on=DAY + timedelta(days=n % 4 + 1), due_on=DAY,
            opened_at=at, opened_by=by if n % 2 else None,
        )
        for n in numbers
    )  # fmt: skip
    RoundSheet.objects.bulk_create(
        RoundSheet(round=each, department=section, returned_at=at if place % 2 else None)
        for place, each in enumerate(made)
    )


def _inventory(by: User, numbers: Numbers) -> None:
    inventory_rows(n + 1 for n in numbers)


def _reviews(by: User, numbers: Numbers) -> None:
    """Of every procedure one thing; every third is decided."""
    Review.objects.bulk_create(
        Review(
            number=f"{found.number}-01", procedure=found, position=1, subject="seal", mark="plain", what="押印",
            **_decided(n) if n % 3 == 0 else {},
        )
        for n, found in zip(numbers, inventory_rows(n + 1 for n in numbers), strict=True)
    )  # fmt: skip


def _decided(n: int) -> dict[str, Any]:
    at = {"decided_at": timezone.now(), "approver_label": "吉田"}
    return {"decision": "abolish", "effective_on": DAY + timedelta(days=n % 4), **at}


def inventory_rows(serials: Iterable[int], **fields: Any) -> list[Procedure]:
    """Return procedures of some departments and of none, with those serials."""
    section = cast.department()
    return Procedure.objects.bulk_create(
        Procedure(
            number=procedure_number(serial), serial=serial, title=f"道路の占用{serial % 5}",
            total_count=serial % 4 or None, **fields,
            department=section if serial % 3 else None,
        )
        for serial in serials
    )  # fmt: skip


def _pairs(by: User, numbers: Numbers) -> None:
    """One pair waits and one is judged for every number."""
    at = timezone.now()
    for n in numbers:
        one, two, three, four = inventory_rows(range(4 * n + 1, 4 * n + 5))
        judged = {"verdict": DuplicateCandidate.Verdict.DIFFERENT, "judged_at": at, "judged_by": by}
        DuplicateCandidate.objects.create(first=one, second=two, likeness=90 + n % 3)
        DuplicateCandidate.objects.create(first=three, second=four, likeness=90 + n % 3, **judged)


def _asked_for(by: User, numbers: Numbers) -> None:
    sections = [cast.department(f"課{n}", f"70{n}") for n in range(3)]
    for n in numbers:
        ListingRequest.objects.create(title=f"見学の申込み{n % 4}", department=sections[n % 3], requested_by=by)


def _unsettled(by: User, numbers: Numbers) -> None:
    for n in numbers:
        procedure(f"届出{n % 4}")


INVENTORY_FILLINGS = (
    Filling(UnsettledList, _leader, _unsettled),
    Filling(ListingRequestList, _leader, _asked_for),
    Filling(ImportList, _leader, _imports, section_only=True),
    Filling(ProcedureList, _leader, _inventory),
    Filling(ReviewList, _leader, _reviews),
    Filling(DuplicateList, _leader, _pairs),
    Filling(RoundList, _leader, _rounds),
)
