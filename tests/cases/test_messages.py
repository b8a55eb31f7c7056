"""Clerk and applicant write to each other, and other departments are asked for their opinion."""

import pytest
from django.test import Client

from tests import cast
from tests.cast import cases, present, signed_in
from todoke.accounts.actors import Guest
from todoke.cases import messages
from todoke.cases.models import CaseMessage, Opinion
from todoke.notices.models import Message
from todoke.organization.models import Post
from todoke.records.models import RecordFile
from todoke.runtime.refusals import Conflict, NotAllowed, Refused

pytestmark = pytest.mark.django_db


def test_both_sides_write_on_their_own_page_and_see_that_it_was_read() -> None:
    at, hanako = cases.counter(), cast.resident()
    case = cases.reviewed(at, by=hanako)
    clerk, resident = signed_in(at.clerk), signed_in(hanako)
    clerk.post(f"/office/cases/{case.number}/message/", {"text": "印鑑も持ってきてください。"})
    mail = Message.objects.get(code="case-message")
    assert "印鑑" not in mail.body, "the mail says that there is something, not what"
    assert "印鑑も持ってきてください。" in resident.get(f"/cases/{case.number}/").content.decode()
    assert CaseMessage.objects.get().seen_at
    resident.post(f"/cases/{case.number}/message/", {"text": "認印でもよいですか。"})
    assert Message.objects.get(code="case-question").email == at.clerk.email
    assert case.number in clerk.get("/office/cases/?view=messages").content.decode()
    assert "認印でもよいですか。" in clerk.get(f"/office/cases/{case.number}/").content.decode()
    assert case.number not in clerk.get("/office/cases/?view=messages").content.decode()


def test_a_stranger_neither_reads_nor_writes() -> None:
    case = cases.case(cases.counter(), by=cast.resident())
    answer = Client().post(f"/cases/{case.number}/message/", {"text": "のぞき見"})
    assert answer.status_code == 302
    assert not CaseMessage.objects.exists()
    other = signed_in(cast.clerk(cast.department("税務課", "3010")))
    assert other.post(f"/office/cases/{case.number}/message/", {"text": "?"}).status_code == 404


def test_who_left_no_address_is_told_by_telephone_and_nobody_floods_the_office() -> None:
    at = cases.counter()
    with pytest.raises(Refused, match="電話か郵便"):
        messages.write_to_applicant(cases.case(at, email=""), "連絡", by=at.clerk)
    case = cases.case(at)
    for _ in range(messages.MAX_UNSEEN):
        messages.write_to_office(case, "まだですか", by=Guest())
    with pytest.raises(Refused):
        messages.write_to_office(case, "まだですか", by=Guest())


def test_another_department_is_asked_sees_the_question_only_and_answers_once() -> None:
    at = cases.counter()
    case = cases.reviewed(at)
    tax = cast.department("税務課", "3010")
    chief = cast.chief(tax)
    clerk = signed_in(at.clerk)
    clerk.post(f"/office/cases/{case.number}/opinion/", {"department": tax.pk, "question": "滞納はありますか。"})
    asked = Opinion.objects.get()
    assert Message.objects.get(code="opinion-asked").email == chief.email
    asked_page = signed_in(chief).get(f"/office/opinions/{asked.token}/").content.decode()
    assert "滞納はありますか。" in asked_page
    assert "山田" not in asked_page
    assert signed_in(chief).get(f"/office/cases/{case.number}/").status_code == 404
    assert case.number in signed_in(chief).get("/office/opinions/").content.decode()
    signed_in(chief).post(f"/office/opinions/{asked.token}/answer/", {"answer": "ありません。"})
    assert "ありません。" in clerk.get(f"/office/cases/{case.number}/").content.decode()
    with pytest.raises(NotAllowed):
        messages.answer_opinion(Opinion.objects.get(), "やはりあります。", by=chief)
    assert Message.objects.get(code="opinion-answered").email == at.clerk.email


def test_only_those_asked_answer_and_a_question_taken_back_waits_no_longer() -> None:
    at = cases.counter()
    tax = cast.department("税務課", "3010")
    chief = cast.chief(tax)
    asked = messages.request_opinion(cases.reviewed(at), tax, "滞納はありますか。", by=at.clerk)
    stranger = cast.staff("他課", "other@example.lg.jp", Post.Role.CLERK, cast.department("環境課", "7001"))
    assert signed_in(stranger).get(f"/office/opinions/{asked.token}/").status_code == 404
    with pytest.raises(NotAllowed):
        messages.answer_opinion(asked, "横から", by=stranger)
    messages.cancel_opinion(asked, by=at.clerk)
    with pytest.raises(Conflict):
        messages.cancel_opinion(asked, by=at.clerk)
    assert not Opinion.objects.asked_of(chief).waiting().exists()


def test_what_was_said_is_filed_with_the_case() -> None:
    at = cases.counter()
    case = cases.proposed(at)
    messages.write_to_office(case, "急いでいます。", by=Guest())
    messages.request_opinion(case, cast.department("税務課", "3010"), "滞納はありますか。", by=at.clerk)
    present(case.proposal).approve(by=at.chief)
    names = {leaf.name: leaf.text for leaf in RecordFile.objects.get(number=case.number).documents.all()}
    assert "急いでいます。" in names["申請者とのやりとり"]
    assert "滞納はありますか。" in names["意見照会"]
