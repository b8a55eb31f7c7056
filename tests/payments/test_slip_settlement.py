"""A resident pays at a bank or by Pay-easy with a printed slip, and the office matches it by its number."""

import io
from datetime import date

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader

from tests.cast import payments
from tests.cast.payments import table
from todoke.accounts.actors import System
from todoke.payments import collection, reconciliation, statements, treasury_pdf
from todoke.payments.models import Charge, PaymentSlip, Receipt
from todoke.payments.slip_numbers import InvalidSlipNumber, check_digit, confirmation_of, numbers, verify

BY = System("試し")
DAY = date(2026, 11, 20)


def text_of(pdf: bytes) -> str:
    return "".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)


@given(st.integers(min_value=0, max_value=10**17 - 1))
def test_numbers_have_their_lengths_and_any_one_wrong_digit_shows(serial: int) -> None:
    made = numbers(serial, yen=300, fiscal_year=2026, institution="99999", secret="s")
    lengths = [len(made.institution), len(made.payment), len(made.confirmation), len(made.division)]
    assert (lengths, len(made.el_number)) == ([5, 20, 6, 3], 34)
    verify(made.payment)
    place = serial % 20
    wrong = str((int(made.payment[place]) + 1 + serial % 9) % 10)
    if wrong != made.payment[place]:
        with pytest.raises(InvalidSlipNumber):
            verify(made.payment[:place] + wrong + made.payment[place + 1 :])


@pytest.mark.parametrize(("digits", "digit"), [("7992739871", "3"), ("0", "0"), ("1", "8"), ("18", "2")])
def test_the_check_digit_is_that_of_the_known_examples(digits: str, digit: str) -> None:
    assert check_digit(digits) == digit


def test_another_amount_has_another_confirmation_number() -> None:
    seen = {confirmation_of("1" * 20, yen, "s") for yen in range(100, 200)}
    assert len(seen) > 95


@pytest.mark.django_db
def test_a_slip_is_issued_once_and_printed_with_all_its_numbers() -> None:
    charge = payments.charge()
    answers = [Client().get(f"/payments/{charge.token}/slip.pdf") for _ in range(2)]
    assert answers[0]["Content-Type"] == "application/pdf"
    slip = PaymentSlip.objects.get()
    text = text_of(answers[1].content).replace(" ", "")
    for number in (slip.institution, slip.number, slip.confirmation, slip.division, slip.numbers.el_number, "600円"):
        assert number in text


@pytest.mark.django_db
@pytest.mark.parametrize(("yen", "paid"), [(600, True), (599, False)])
def test_money_under_the_slips_number_settles_the_charge_when_the_amount_fits(yen: int, paid: bool) -> None:
    slip = PaymentSlip.issue(payments.charge(), by=BY)
    rows: list[list[object]] = [
        ["業務日", "区分", "照合番号", "金額", "入金番号", "入金予定日"],
        [DAY, "売上", slip.number, yen, "P1", DAY],
    ]
    statements.import_statement("agent.csv", table(*rows), by=BY)
    for _ in range(2):
        sheet = reconciliation.reconcile(DAY, by=BY)
    assert (Charge.objects.get().status == Charge.Status.PAID) is paid
    assert sheet.findings.filter(difference="unknown").exists() is not paid
    if paid:
        assert (Receipt.objects.get().method, Receipt.objects.get().paid_on) == ("slip", DAY)


@pytest.mark.django_db
def test_a_paid_charge_has_a_receipt_and_no_slip() -> None:
    charge, client = payments.charge(), Client()
    assert client.get(f"/payments/{charge.token}/receipt.pdf").status_code == 404
    receipt = collection.pay_at_counter(charge, reference="till-1", by=BY)
    assert receipt
    text = text_of(client.get(f"/payments/{charge.token}/receipt.pdf").content)
    for words in (receipt.number, "600", "住民票の写し", "領収書"):
        assert words in text
    assert client.get(f"/payments/{charge.token}/slip.pdf").status_code == 404


@pytest.mark.django_db
def test_a_partly_refunded_receipt_says_what_went_back() -> None:
    receipt = collection.pay_at_counter(payments.charge(), reference="till-1", by=BY)
    assert receipt
    refund = collection.refund(receipt, yen=100, seen_refunded_yen=0, reason="誤り", by=BY)
    assert refund
    text = text_of(treasury_pdf.print_receipt(Receipt.objects.get()))
    assert refund.number in text
    assert "500 円" in text
