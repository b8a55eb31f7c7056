"""T28: whatever a provider tells, in whatever order, and whoever pretends to be it: one line, one receipt, one mail."""

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import permutations

import pytest
from django.conf import settings as configured
from django.db import connection
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from tests.cast import cases, payments, present
from todoke.cases.models import Case
from todoke.notices.models import Message
from todoke.payments.fake_provider import FakeProvider, Faults
from todoke.payments.models import Attempt, Charge, Journal, LedgerLine, ProviderEvent, Receipt
from todoke.payments.providers import hmac_signature
from todoke.payments.providers.interface import EventKind

pytestmark = pytest.mark.django_db
NOTICES, BELOW_API = "/payments/notices/simulator/", "/api/webhooks/payments/simulator/"


@pytest.fixture
def book(settings: Settings) -> Iterator[FakeProvider]:
    """The payment simulator, delivering no notices by itself."""
    with payments.simulator(settings, FakeProvider(faults=Faults(lost=1))) as book:
        yield book


@pytest.fixture
def charge(book: FakeProvider) -> Charge:
    """A resident's case of 600 yen, for which a payment has been begun."""
    case = cases.case(cases.counter(fee=300))
    assert case.charge is not None
    Client().post(f"/payments/{case.charge.token}/attempt/", {"method": "card"})
    return case.charge


def told(book: FakeProvider, outcome: str = "captured", **changes: object) -> bytes:
    """The raw body of a notice about the newest payment."""
    payment = list(book.payments.values())[-1]
    payment.outcome = EventKind(outcome)
    return json.dumps(book.notification_body(payment) | changes).encode()


def deliver(
    body: bytes, *, secret: str = "", at: int | None = None, header: str | None = None, to: str = NOTICES
) -> int:
    seal = hmac_signature.sign(body, secret or configured.PSP_SECRET, at=at) if header is None else header
    return (
        Client().post(to, data=body, content_type="application/json", headers={hmac_signature.HEADER: seal}).status_code
    )


def taken() -> tuple[int, int, int]:
    """How many receipts, ledger entries of money received, and mails about it there are."""
    paid = Journal.objects.filter(kind=Journal.Kind.PAID)
    assert LedgerLine.total() == 0
    return Receipt.objects.count(), paid.count(), Message.objects.filter(code="fee-paid").count()


ONCE, NEVER = (1, 1, 1), (0, 0, 0)


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_ten_copies_at_the_same_moment_give_one_of_each(book: FakeProvider, charge: Charge) -> None:
    body = told(book)

    def post(_: int) -> int:
        try:
            return deliver(body)
        finally:
            connection.close()

    with ThreadPoolExecutor(10) as pool:
        assert list(pool.map(post, range(10))) == [204] * 10
    assert taken() == ONCE
    assert ProviderEvent.objects.count() == 1


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_ten_different_notices_of_one_success_at_the_same_moment_give_one_of_each(
    book: FakeProvider, charge: Charge
) -> None:
    bodies = [told(book) for _ in range(10)]

    def post(body: bytes) -> int:
        try:
            return deliver(body)
        finally:
            connection.close()

    with ThreadPoolExecutor(10) as pool:
        assert list(pool.map(post, bodies)) == [204] * 10
    assert taken() == ONCE
    assert ProviderEvent.objects.count() == 10


def test_the_address_of_old_and_that_below_the_api_take_the_same_notice_once(
    book: FakeProvider, charge: Charge
) -> None:
    body = told(book)
    assert [deliver(body, to=address) for address in (BELOW_API, NOTICES, BELOW_API)] == [204] * 3
    assert taken() == ONCE
    assert deliver(body, secret="another", to=BELOW_API) == 400


def test_ten_copies_one_after_another_give_one_of_each(book: FakeProvider, charge: Charge) -> None:
    body = told(book)
    assert [deliver(body) for _ in range(10)] == [204] * 10
    assert taken() == ONCE


@pytest.mark.parametrize("order", list(permutations(["captured", "failed", "captured"])))
def test_a_payer_whose_success_and_failure_cross_has_paid(
    book: FakeProvider, charge: Charge, order: tuple[str, ...]
) -> None:
    for outcome in order:
        assert deliver(told(book, outcome)) == 204
    assert taken() == ONCE
    assert Attempt.objects.get().status == Attempt.Status.CAPTURED


def test_a_payer_who_cancelled_and_was_charged_all_the_same_has_paid(book: FakeProvider, charge: Charge) -> None:
    deliver(told(book, "cancelled"))
    assert taken() == NEVER
    deliver(told(book, "captured"))
    assert taken() == ONCE


UNPAID, ASKED = "まだ支払われていません", "お支払いを確認しています"


@pytest.mark.parametrize(
    ("outcome", "words"), [("failed", UNPAID), ("cancelled", UNPAID), ("refunded", ASKED), ("charged_back", ASKED)]
)
def test_a_payer_whose_payment_failed_has_not_paid_and_gets_nothing_issued(
    book: FakeProvider, charge: Charge, outcome: str, words: str
) -> None:
    assert deliver(told(book, outcome)) == 204
    assert taken() == NEVER
    case = Case.objects.get()
    assert case.status == Case.Status.RECEIVED
    assert not present(case.charge).is_settled
    assert words in Client().get(f"/payments/{charge.token}/").content.decode()


def test_a_stranger_without_the_secret_is_turned_away(book: FakeProvider, charge: Charge) -> None:
    body = told(book)
    good = hmac_signature.sign(body, configured.PSP_SECRET)
    forged = ["", "t=,v1=", good[:-1] + ("0" if good[-1] != "0" else "1"), good.split(",")[0], good.upper(), "v1=1"]
    assert [deliver(body, header=header) for header in forged] == [400] * len(forged)
    assert deliver(body, secret="another") == 400
    assert taken() == NEVER
    assert not ProviderEvent.objects.exists()


def test_a_stranger_who_changes_one_byte_is_turned_away(book: FakeProvider, charge: Charge) -> None:
    body = told(book)
    seal = hmac_signature.sign(body, configured.PSP_SECRET)
    same = json.dumps(json.loads(body), indent=1).encode()
    assert [deliver(changed, header=seal) for changed in (same, body + b" ", b" " + body)] == [400] * 3
    assert deliver(body, header=seal) == 204
    assert taken() == ONCE


@pytest.mark.parametrize(("seconds", "answer"), [(-600, 400), (600, 400), (-301, 400), (-240, 204), (240, 204)])
def test_a_notice_of_another_hour_is_turned_away(book: FakeProvider, charge: Charge, seconds: int, answer: int) -> None:
    assert deliver(told(book), at=int(timezone.now().timestamp()) + seconds) == answer
    assert taken() == (ONCE if answer == 204 else NEVER)


@pytest.mark.parametrize("yen", [0, 1, 599, 601, 60000, -600])
def test_a_wrong_amount_is_kept_and_not_taken(book: FakeProvider, charge: Charge, yen: int) -> None:
    assert deliver(told(book, yen=yen)) == 204
    assert taken() == NEVER
    assert "金額が違います" in ProviderEvent.objects.get().outcome


def test_a_notice_for_another_municipality_is_turned_away(book: FakeProvider, charge: Charge) -> None:
    assert deliver(told(book, merchant="another-ward")) == 400
    assert taken() == NEVER


def test_a_payment_that_nobody_began_changes_nothing(book: FakeProvider, charge: Charge) -> None:
    assert deliver(told(book, key="0" * 32)) == 204
    assert taken() == NEVER
    assert ProviderEvent.objects.get().outcome == "該当する支払がありません"


@pytest.mark.parametrize("body", [b"", b"[]", b"{}", b"null", b'{"kind":"captured"}', b"\xff\xfe"])
def test_a_body_that_says_nothing_is_turned_away(book: FakeProvider, charge: Charge, body: bytes) -> None:
    assert deliver(body) == 400
    assert taken() == NEVER


def test_a_notice_before_the_payer_is_back_counts_and_the_page_says_so(book: FakeProvider, charge: Charge) -> None:
    deliver(told(book))
    page = Client().get(f"/payments/{charge.token}/return/", follow=True).content.decode()
    assert "納付されました" in page
    assert taken() == ONCE


def test_a_payer_who_is_back_before_the_notice_has_paid_once(book: FakeProvider, charge: Charge) -> None:
    body = told(book)
    Client().get(f"/payments/{charge.token}/return/")
    assert taken() == ONCE
    assert deliver(body) == 204
    assert taken() == ONCE


@pytest.mark.parametrize(
    "change",
    [
        {"event": {"a": {"b": []}}}, {"key": ["x"]}, {"reference": None}, {"reference": "r" * 10_000}, {"key": "a\0b"},
        {"yen": {}}, {"yen": "300"},  {"yen": 10**40}, {"yen": True}, {"yen": float("inf")},
        {"kind": []}, {"happened_at": "2026-13-45T00:00:00"}, {"happened_at": "2026-11-29T00:00:00"}, {"merchant": {}},
    ],
    ids=lambda change: str(change)[:40],
)  # fmt: skip
def test_a_signed_notice_of_impossible_values_changes_nothing(
    book: FakeProvider, charge: Charge, change: dict[str, object]
) -> None:
    assert deliver(json.dumps(json.loads(told(book)) | change).encode()) == 400
    assert deliver(b"[" * 100_000) == 400
    assert deliver(told(book), header=f"t={'9' * 5000},v1=x") == 400
    assert taken() == (0, 0, 0)
