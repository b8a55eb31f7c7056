"""Rows for the lists of the office."""

from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from tests import cast
from tests.cast import cases, payments
from tests.cast.procedures import procedure
from tests.lists.filling import Filling, Numbers, clerk_alone
from todoke.accounts.actors import System
from todoke.accounts.models import User
from todoke.audit.data_exports import Export, record_export
from todoke.cases.models import Letter, LetterBatch, Reconfirmation, ReconfirmationRound, StopFlag
from todoke.guidance.models import Broadcast
from todoke.integrations.models import Partner
from todoke.japanese.calendar import today
from todoke.notices.models import FileLink
from todoke.office.casework.letter_lists import LetterBatchList, LetterList
from todoke.office.casework.reconfirmation_lists import ReconfirmationList, ReconfirmationRoundList
from todoke.office.correspondence.broadcast_list import BroadcastList
from todoke.office.correspondence.file_link_list import FileLinkList
from todoke.office.correspondence.flag_list import StopFlagList
from todoke.office.inventory.judgement_list import JudgementList
from todoke.office.money.attempt_list import AttemptList
from todoke.office.money.open_item_list import OpenItemList
from todoke.office.money.overpayment_list import OverpaymentList
from todoke.office.organization.staff_list import StaffList
from todoke.office.partners.partner_list import PartnerList
from todoke.office.points.merchant_list import MerchantList
from todoke.office.points.point_grant_list import PointGrantList
from todoke.office.points.settlement_list import SettlementList
from todoke.office.records.classification_list import ClassificationList
from todoke.office.records.data_export_list import DataExportList
from todoke.organization.models import Department, Post
from todoke.payments.models import Attempt, DayClose, Finding, OpenItem, Overpayment
from todoke.points.models import EligiblePerson, Merchant, MerchantSettlement, PointGrant, PointHolder, PointProgram
from todoke.procedures.models import Code, Judgement, install_code_tables
from todoke.records.models import Classification, ClassificationTable

DAY = date(2026, 4, 1)


def _own_table() -> tuple[User, ClassificationTable]:
    clerk = cast.clerk()
    return clerk, ClassificationTable.objects.create(number=90, starts_on=date(2090, 4, 1), basis="試し")


def _classifications(table: ClassificationTable, numbers: Numbers) -> None:
    Classification.objects.bulk_create(
        Classification(table=table, code=f"X{n:03}", name=f"分類{n % 3}", years=5, start_rule="fiscal") for n in numbers
    )


def _with_concerns() -> tuple[User, Department]:
    install_code_tables()
    section = cast.department()
    return cast.clerk(section), section


def _judgements(section: Department, numbers: Numbers) -> None:
    concern = Code.objects.filter(table="concern")
    for n in numbers:
        Judgement.judge(
            procedure(f"申請{n % 4}", department=section if n % 2 else None), concern[n % 3], grounds="現地確認",
            explanation="見て確かめます。", next_check_on=DAY + timedelta(days=n % 3), by=System(),
        )  # fmt: skip


def _counter() -> tuple[User, cases.Counter]:
    at = cases.counter()
    return at.clerk, at


def _letters(at: cases.Counter, numbers: Numbers) -> None:
    now = timezone.now()
    Letter.objects.bulk_create(
        Letter(
            case=cases.case(at, name__family=f"山田{n}"), kind="granted" if n % 2 else "refused", data={}, sha256="0",
            made_at=now - timedelta(days=n % 3),
        )
        for n in numbers
    )  # fmt: skip


def _batches(at: cases.Counter, numbers: Numbers) -> None:
    now = timezone.now()
    facts = {"department": at.section, "requested_by": at.clerk}
    LetterBatch.objects.bulk_create(LetterBatch(total=n % 4, made_at=now if n % 2 else None, **facts) for n in numbers)


def _treasurer() -> tuple[User, Any]:
    by = cast.staff("山口 恵", "t1@example.lg.jp", Post.Role.TREASURER)
    return by, DayClose.objects.create(day=DAY, opened_at=timezone.now())


def _open_items(day_close: DayClose, numbers: Numbers) -> None:
    kinds = ("unknown", "charged_back", "duplicate")
    for n in numbers:
        OpenItem.objects.create(
            finding=Finding.objects.create(day_close=day_close, difference=kinds[n % 3], reference=f"R{n:03}"),
            account="suspense", yen=-n % 4, reference=f"R{n:03}", expected_yen=0, opened_on=DAY + timedelta(days=n % 3),
        )  # fmt: skip


def _attempts(day_close: DayClose, numbers: Numbers) -> None:
    for n in numbers:
        attempt = payments.attempt()
        Attempt.objects.filter(pk=attempt.pk).update(reference=f"psp{n:03}", yen=n % 3, method=("card", "code")[n % 2])


def _overpayments(day_close: DayClose, numbers: Numbers) -> None:
    charge = payments.charge()
    for n in numbers:
        Overpayment.objects.create(
            charge=charge, number=f"W{n:03}", method="card", reference=f"psp{n:03}", yen=1 + n % 3,
            reason="試し", noticed_at=timezone.now() - timedelta(days=n % 3),
        )  # fmt: skip


def _program() -> tuple[User, PointProgram]:
    days = {"starts_on": DAY, "ends_on": DAY, "expires_on": DAY}
    return _treasurer()[0], PointProgram.objects.create(code="living", title="くらし応援", points=9, **days)


def _grants(program: PointProgram, numbers: Numbers) -> None:
    for n in numbers:
        key, user = f"hash-{n}", cast.resident("花子", f"r{n}@example.jp") if n % 2 else None
        person = EligiblePerson.objects.create(program=program, person_key=key, claim_code_hash=f"code-{n}")
        holder = PointHolder.objects.create(number=f"PH{n:03}", person_key=key, user=user)
        PointGrant.objects.create(
            program=program, number=f"PT{n:03}", resident_hash=key, points=9, left=n % 3, granted_on=DAY,
            expires_on=DAY, user=user, eligible=person, holder=holder,
        )  # fmt: skip


def _owner() -> User:
    return User.objects.filter(email="shops@example.jp").first() or cast.resident("店", "shops@example.jp")


def _merchants(day_close: DayClose, numbers: Numbers) -> None:
    owner = _owner()
    Merchant.objects.bulk_create(
        Merchant(number=f"M{n:03}", name=f"店{n % 3}", category=("food", "care")[n % 2], account=owner) for n in numbers
    )


def _settlements(day_close: DayClose, numbers: Numbers) -> None:
    owner = _owner()
    for n in numbers:
        shop = Merchant.objects.create(number=f"M{n:03}", name=f"店{n % 3}", category="food", account=owner)
        MerchantSettlement.objects.create(
            number=f"S{n:03}", merchant=shop, starts_on=DAY - timedelta(days=n % 2),
            ends_on=DAY + timedelta(days=n % 3), gross=n, cancelled=0, carry_in=0, payable=n, carry_out=0,
        )  # fmt: skip


def _rounds(at: cases.Counter, numbers: Numbers) -> None:
    offer = at.release.offer
    ReconfirmationRound.objects.bulk_create(
        ReconfirmationRound(source=offer, offer=offer, year=2000 + n, due_on=DAY, opened_by=at.clerk) for n in numbers
    )


def _round() -> tuple[User, tuple[cases.Counter, ReconfirmationRound]]:
    at = cases.counter()
    _rounds(at, range(1))
    return at.clerk, (at, ReconfirmationRound.objects.get())


def _asked(needed: tuple[cases.Counter, ReconfirmationRound], numbers: Numbers) -> None:
    at, begun = needed
    Reconfirmation.objects.bulk_create(
        Reconfirmation(
            round=begun, case=cases.case(at), reminders=n % 2, held_at=timezone.now() if n % 4 == 1 else None
        )
        for n in numbers
    )  # fmt: skip


def _place_of_round(needed: tuple[cases.Counter, ReconfirmationRound]) -> dict[str, Any]:
    begun = needed[1]
    return {"code": begun.source.code, "year": begun.year}


def _broadcasts(by: User, numbers: Numbers) -> None:
    facts = {"department": cast.department(), "drafted_by": by, "body": "本文"}
    Broadcast.objects.bulk_create(
        Broadcast(token=f"b{n}", subject=f"健診{n % 3}", send_at=timezone.now(), readers=n % 4, **facts)
        for n in numbers
    )


def _links(by: User, numbers: Numbers) -> None:
    now = timezone.now()
    for n in numbers:
        made = FileLink.objects.create(
            department=cast.department(), email=f"a{n % 3}@example.jp", name=f"相手{n % 2}", file_name="表.csv",
            path="x", size=n, sha256="0", placed_by=by, expires_at=now + timedelta(days=n % 3 - 1),
        )  # fmt: skip
        if n % 2:
            made.downloads.create(), made.downloads.create()


def _flags(by: User, numbers: Numbers) -> None:
    now = timezone.now()
    StopFlag.objects.bulk_create(
        StopFlag(
            name=f"山田 花子{n % 3}", key="0", department=cast.department(), starts_on=DAY,
            ends_on=date(2099, 3, 31) if n % 2 else DAY, placed_by=by, lifted_at=now if n % 5 == 1 else None,
        )
        for n in numbers
    )  # fmt: skip


def _keeper() -> tuple[User, User]:
    keeper = cast.keeper()
    return keeper, keeper


def _exports(keeper: User, numbers: Numbers) -> None:
    for n in numbers:
        record_export(Export(f"案件一覧{n % 3}", "案件.csv", n, "csv", n or None, columns=["受付番号"]), by=keeper)


def _administrator() -> tuple[User, Any]:
    return cast.staff("管理 一郎", "administrator@example.lg.jp", Post.Role.ADMINISTRATOR), None


def _partners(_: Any, numbers: Numbers) -> None:
    by = cast.staff("管理 二郎", f"second{numbers.start}@example.lg.jp", Post.Role.ADMINISTRATOR)
    for n in numbers:
        Partner.register(
            code=f"p{n}", name=f"連携先{n:02}", department=cast.department(), contact="例 株式会社", purpose="見本",
            scopes=["events"], review_on=today() + timedelta(days=n + 1), by=by,
        )  # fmt: skip


def _staff(_: Any, numbers: Numbers) -> None:
    for n in numbers:
        cast.staff(f"職員 {n:02}", f"staff{n}@example.lg.jp")


OFFICE_FILLINGS = (
    Filling(ClassificationList, _own_table, _classifications, place=lambda table: {"number": table.number}),
    Filling(JudgementList, _with_concerns, _judgements, most=20),
    Filling(LetterList, _counter, _letters, section_only=True, most=9),
    Filling(LetterBatchList, _counter, _batches, section_only=True),
    Filling(AttemptList, _treasurer, _attempts),
    Filling(OpenItemList, _treasurer, _open_items),
    Filling(OverpaymentList, _treasurer, _overpayments),
    Filling(MerchantList, _treasurer, _merchants, section_only=True, most=20),
    Filling(SettlementList, _treasurer, _settlements, section_only=True, most=20),
    Filling(PointGrantList, _program, _grants, place=lambda program: {"code": program.code}, most=20),
    Filling(ReconfirmationRoundList, _counter, _rounds, section_only=True),
    Filling(ReconfirmationList, _round, _asked, place=_place_of_round, most=9),
    Filling(BroadcastList, clerk_alone, _broadcasts, section_only=True),
    Filling(FileLinkList, clerk_alone, _links, section_only=True, most=20),
    Filling(DataExportList, _keeper, _exports),
    Filling(StopFlagList, clerk_alone, _flags, section_only=True),
    Filling(StaffList, _administrator, _staff),
    Filling(PartnerList, _administrator, _partners),
)
