"""The counter takes a fee once, and only for the section's own cases."""

import pytest
from django.test import Client

from tests import cast_cases
from todoke.payments.models import Charge, Receipt

pytestmark = pytest.mark.django_db
PAID = {"method": "cash", "reference": "till-1"}


def signed_in(user: object) -> Client:
    client = Client()
    client.force_login(user)
    return client


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
