"""Money after the end: before and after a withdrawal the page says what happens, and staff are asked to decide."""

import pytest
from django.test import Client

from tests import cast
from tests.cast.cases import Counter, case, counter
from todoke.accounts.models import User
from todoke.cases.models import Case
from todoke.office.casework.case_page import next_action
from todoke.payments.collection import pay_at_counter, refund
from todoke.payments.models import Receipt
from todoke.runtime.refusals import NotAllowed, Refused

pytestmark = pytest.mark.django_db


def paid(at: Counter, by: User) -> Case:
    found = case(at, by)
    assert found.charge is not None
    pay_at_counter(found.charge, by=at.clerk, method=Receipt.Method.CASH, reference="R1")
    return Case.objects.select_related("charge__receipt").get(pk=found.pk)


def test_a_payer_who_withdraws_is_told_before_and_after(client: Client) -> None:
    at, me = counter(fee=300), cast.resident()
    found = paid(at, me)
    client.force_login(me)
    assert "納めていただいた 600円" in client.get(f"/cases/{found.number}/withdraw/").content.decode()
    page = client.post(f"/cases/{found.number}/withdrawal/", follow=True).content.decode()
    assert "申請を取り下げました。" in page
    assert "納めていただいた 600円 について" in page


def test_an_open_fee_need_not_be_paid_any_more(client: Client) -> None:
    at, me = counter(fee=300), cast.resident()
    found = case(at, me)
    client.force_login(me)
    assert "納めなくてよくなります" in client.get(f"/cases/{found.number}/withdraw/").content.decode()


def test_staff_are_asked_to_decide_until_somebody_did() -> None:
    at, me = counter(fee=300), cast.resident()
    found = paid(at, me)
    found.withdraw(by=me)
    assert next_action(found, [], []).title == "納付された手数料の扱いを決める"
    with pytest.raises(Refused):
        found.keep_fee(reason=" ", by=at.clerk)
    with pytest.raises(NotAllowed):
        found.keep_fee(reason="審査を始めたため", by=cast.resident(email="b@example.jp"))
    found.keep_fee(reason="審査を始めたため", by=at.clerk)
    assert next_action(found, [], []).title == "この案件の処理は終わりました"


def test_a_refund_ends_the_question_and_is_shown(client: Client) -> None:
    at, me = counter(fee=300), cast.resident()
    found = paid(at, me)
    found.withdraw(by=me)
    assert found.charge is not None
    refund(found.charge.receipt, yen=600, seen_refunded_yen=0, reason="取下げ", by=at.clerk)
    found = Case.objects.select_related("charge__receipt").get(pk=found.pk)
    assert not found.fee_is_undecided
    client.force_login(me)
    assert "600円 をお返しする手続をしました" in client.get(f"/cases/{found.number}/").content.decode()


def test_a_running_application_cannot_keep_a_fee() -> None:
    at, me = counter(fee=300), cast.resident()
    with pytest.raises(Refused):
        paid(at, me).keep_fee(reason="はやい", by=at.clerk)
