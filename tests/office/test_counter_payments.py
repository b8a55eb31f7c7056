"""The counter takes a fee once, and only for the section's own cases."""

import pytest
from django.test import Client

from tests.cast import cases as cast_cases
from tests.cast import present, signed_in
from todoke.payments.models import Charge, Receipt

pytestmark = pytest.mark.django_db
PAID = {"method": "cash", "reference": "till-1"}


def test_a_clerk_takes_the_fee_of_a_case_once() -> None:
    at = cast_cases.counter(fee=300)
    case, clerk = cast_cases.case(at), signed_in(at.clerk)
    for reference in ("till-1", "till-2"):
        clerk.post(f"/office/cases/{case.number}/payment/", PAID | {"reference": reference})
    assert Receipt.objects.get().reference == "till-1"
    assert Charge.objects.get().status == Charge.Status.PAID


def test_a_fee_without_a_till_number_is_not_recorded() -> None:
    at = cast_cases.counter(fee=300)
    case = cast_cases.case(at)
    answer = signed_in(at.clerk).post(f"/office/cases/{case.number}/payment/", {"method": "cash"}, follow=True)
    assert "お金はまだ記録していません" in answer.content.decode()
    assert not Receipt.objects.exists()


def test_another_section_cannot_take_the_money() -> None:
    at = cast_cases.counter(fee=300)
    case = cast_cases.case(at)
    elsewhere = cast_cases.counter("税務課", "2020")
    assert signed_in(elsewhere.clerk).post(f"/office/cases/{case.number}/payment/", PAID).status_code == 404
    assert not Receipt.objects.exists()


def test_a_clerk_reduces_a_fee_with_the_paper_that_was_seen() -> None:
    at = cast_cases.counter(fee=300)
    case, clerk = cast_cases.case(at), signed_in(at.clerk)
    page = f"/office/cases/{case.number}/exemption/"
    clerk.post(page, {"percent": "50", "reason": "生活保護"})
    case.refresh_from_db()
    assert present(case.charge).yen == 600
    terms = {"percent": "50", "reason": "生活保護", "evidence": "保護受給証明書"}
    assert "手数料は 300円になりました" in clerk.post(page, terms, follow=True).content.decode()
    case.refresh_from_db()
    charge = present(case.charge)
    assert (charge.yen, charge.status) == (300, Charge.Status.UNPAID)
    assert "保護受給証明書" in clerk.get(f"/office/cases/{case.number}/").content.decode()
    clerk.post(page, terms | {"percent": "100"})
    case.refresh_from_db()
    charge = present(case.charge)
    assert (charge.yen, charge.is_settled) == (0, True)


def test_a_paid_fee_is_refunded_in_part_and_two_who_press_at_once_do_not_add_up() -> None:
    at = cast_cases.counter(fee=300)
    case, clerk = cast_cases.case(at), signed_in(at.clerk)
    clerk.post(f"/office/cases/{case.number}/payment/", PAID)
    page, terms = (
        f"/office/cases/{case.number}/refund/",
        {"yen": "200", "reason": "部数の誤り", "seen_refunded_yen": "0"},
    )
    assert "200円を還付しました" in clerk.post(page, terms, follow=True).content.decode()
    assert "ほかの人が先に還付しています" in clerk.post(page, terms, follow=True).content.decode()
    too_much = terms | {"yen": "500", "seen_refunded_yen": "200"}
    assert "まだ何も還付していません" in clerk.post(page, too_much, follow=True).content.decode()
    assert Receipt.objects.get().refunded_yen == 200
    exempted = {"percent": "10", "reason": "x", "evidence": "y"}
    answer = clerk.post(f"/office/cases/{case.number}/exemption/", exempted, follow=True)
    assert "減免できません" in answer.content.decode()


def test_a_till_number_is_not_taken_twice() -> None:
    at = cast_cases.counter(fee=300)
    clerk, cases = signed_in(at.clerk), [cast_cases.case(at) for _ in range(2)]
    clerk.post(f"/office/cases/{cases[0].number}/payment/", PAID)
    answer = clerk.post(f"/office/cases/{cases[1].number}/payment/", PAID, follow=True)
    assert "もう使われています" in answer.content.decode()
    assert Receipt.objects.count() == 1


def test_the_fee_is_told_before_anything_is_typed() -> None:
    at = cast_cases.counter(fee=300)
    page = Client().get(f"/procedures/{at.release.procedure.number}/").content.decode()
    for words in ("証明手数料 300円 × 通数", "減免: 生活保護 100%", "納期限は受付から30日"):
        assert words in page
