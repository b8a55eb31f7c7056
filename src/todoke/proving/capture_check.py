"""Check of captures 引落しの突合: what the provider took, against what was owed, told and refused."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.utils import timezone

from todoke.accounts.actors import System
from todoke.audit import log
from todoke.audit.models import Entry
from todoke.cases import intake
from todoke.cases.models import Case
from todoke.offers.models import Offer
from todoke.payments import checkout
from todoke.payments.models import Attempt, LedgerLine, Overpayment, ProviderEvent, Receipt
from todoke.payments.models.overpayment import TOLD_WITHIN
from todoke.payments.providers.interface import EventKind
from todoke.proving import service

ROUNDS = 12
ENDED = [EventKind.FAILED, EventKind.CANCELLED]
CONFIRMED = "確認中の支払がある中での収納"
OWING = System("検証の住民")


def apply(people: int) -> Iterator[tuple[str, str]]:
    """Receive one application a person; yield its number and the token of its payment page."""
    release = Offer.objects.get(code=service.CODE).releases.latest("pk")
    for person in range(people):
        draft = intake.begin(release, by=OWING)
        for page, fields in service.resident_answers(f"m{person:05}z").items():
            draft.submission.save_page(page, fields, by=OWING)
        case = intake.accept(draft.submission, by=OWING)
        if case.charge is not None:
            yield case.number, case.charge.token


def ask_until_known() -> None:
    """Ask about what no notice told: as the periodic task does in the hours that follow, and the day close after it.

    A payment told as failed and captured in silence stands in the agent's statement, and is asked about from there.
    """
    for round_ in range(1, ROUNDS):
        checkout.ask_due(timezone.now() + timedelta(minutes=10 * round_))
    for attempt in Attempt.objects.filter(status__in=ENDED).exclude(reference=""):
        checkout.poll(attempt)


def check(book: dict[str, Any]) -> Iterator[str]:
    """Yield a sentence for each capture that should not be, or that nobody was told of."""
    captured = defaultdict(list)
    for key in book["captured"]:
        captured[Attempt.objects.get(key=key).charge_id].append(key)
    yield from (f"K1 {key[:8]}: 結果のわからない支払の横で、新しい番号の支払を始めた" for key in book["second_tries"])
    yield from _told(captured)
    yield from _cash(captured)
    for case in Case.objects.exclude(charge=None).select_related("charge__receipt"):
        if case.charge_id in captured and case.charge is not None and not case.charge.is_settled:
            yield f"K4 {case.number}: 引き落とされたのに未納のまま"
    yield from (f"K5 {one}: 結果のないまま" for one in Attempt.objects.live() if one.key in book["captured"])
    if LedgerLine.total():
        yield f"K6 台帳の合計が0円でない: {LedgerLine.total()}"


def _told(captured: dict[int, list[str]]) -> Iterator[str]:
    """Each capture beyond the fee is told to the payer within its time, with its refund prepared."""
    for charge, keys in captured.items():
        for attempt in Attempt.objects.filter(key__in=keys).exclude(status__in=Attempt.LIVE):
            if Receipt.objects.filter(charge=charge, reference=attempt.reference).exists():
                continue
            found = Overpayment.objects.filter(charge=charge, reference=attempt.reference).first()
            if found is None or found.told_at is None or found.told_at - found.noticed_at > TOLD_WITHIN:
                yield f"K2 {attempt.key[:8]}: 二重の引落しを誰にも知らせていない"


def _cash(captured: dict[int, list[str]]) -> Iterator[str]:
    """Cash beside a payment without an outcome was taken only with a reason."""
    for receipt in Receipt.objects.filter(method=Receipt.Method.CASH).select_related("charge"):
        gone = ProviderEvent.objects.filter(kind__in=ENDED, received_at__lt=receipt.paid_at).values("reference")
        beside = Attempt.objects.filter(charge=receipt.charge, requested_at__lt=receipt.paid_at).exclude(
            told_at__lt=receipt.paid_at
        )
        confirmed = Entry.objects.filter(act=CONFIRMED, subject=log.subject_of(receipt.charge))
        if beside.exclude(reference__in=gone).exists() and not confirmed.exists():
            yield f"K3 {receipt.number}: 確認中の支払があるのに、確かめずに現金を受け取った"
