"""What was asked for comes to the counter or by post, thing by thing, and the office says on which day."""

from datetime import date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from tests.cast import cases
from tests.cast.formbuilder import photo
from todoke.accounts.actors import Guest
from todoke.audit.models import Entry
from todoke.cases.applicant_copy import ApplicantCopy
from todoke.cases.correction import corrections
from todoke.cases.correction.correction_receipts import Arrival, Means, receive_answers
from todoke.cases.correction.corrections import CorrectionPoint, RequestedPaper
from todoke.cases.models import CorrectionItem, CorrectionRequest
from todoke.formbuilder.answers.journey import AnswerKey
from todoke.japanese.calendar import today
from todoke.notices.models import Message
from todoke.runtime.refusals import Conflict, NotAllowed, Refused

pytestmark = pytest.mark.django_db
COPIES, MANDATE = AnswerKey("copies"), AnswerKey("requested_paper_1")


def now() -> Arrival:
    """At the counter, today."""
    return Arrival("counter", today())


def asked(at: cases.Counter) -> CorrectionRequest:
    """A request for the number of copies and a mandate, made five days ago."""
    found = corrections.request_correction(
        cases.reviewed(at), [CorrectionPoint(COPIES, "mistake")], by=at.clerk, papers=[RequestedPaper("委任状")]
    )
    CorrectionRequest.objects.update(requested_at=datetime.now().astimezone() - timedelta(days=5))
    return CorrectionRequest.objects.get(pk=found.pk)


def test_an_original_that_was_seen_needs_no_file_and_the_rest_stays_open() -> None:
    at = cases.counter()
    request = asked(at)
    assert receive_answers(request, {MANDATE: Means.RETURNED}, {}, now(), by=at.clerk) == []
    request.refresh_from_db()
    assert (request.is_open, request.case.status, request.spots()) == (True, "correction", [COPIES])
    paper = request.items.get(question=MANDATE.question)
    assert (paper.after, paper.received_by, paper.received_on) == ("原本を確認して、返した", at.clerk, today())
    told = Message.objects.get(code="case-correction-received").body
    assert "・委任状: 原本を確認して、返した" in told
    assert "まだ届いていないもの:\n・通数" in told
    assert Entry.objects.filter(act="補正の受領", actor_id=at.clerk.pk).count() == 1


def test_with_the_last_thing_the_case_goes_on_from_the_day_it_arrived() -> None:
    at = cases.counter()
    request = asked(at)
    came = today() - timedelta(days=2)
    receive_answers(request, {MANDATE: Means.KEPT}, {}, Arrival("post", came), by=at.clerk)
    earlier = Arrival("post", came - timedelta(days=1))
    assert receive_answers(request, {COPIES: Means.ANSWER}, {"copies": "3"}, earlier, by=at.clerk) == []
    request.case.refresh_from_db()
    assert request.case.status == "review"
    assert request.case.clock_rows.get(act="resume").on == came
    assert request.items.get(question="copies").after == "3"
    assert "すべて届きました" in Message.objects.filter(code="case-correction-received").latest("pk").body


def test_the_applicant_sends_only_what_is_left_and_keeps_that_her_original_was_seen() -> None:
    at = cases.counter()
    request = asked(at)
    receive_answers(request, {MANDATE: Means.RETURNED}, {}, now(), by=at.clerk)
    assert corrections.answer_correction(request, {"copies": "3"}, by=Guest()) == []
    assert {item.means for item in request.items.all()} == {Means.RETURNED, Means.ONLINE}
    rows = {row.label: row.text for _, rows in ApplicantCopy(request.case).pages() for row in rows}
    assert (rows["通数"], rows["委任状"]) == ("3", "原本を職員が確認しました。")


@pytest.mark.parametrize(("days", "said"), [(1, "未来"), (-6, "より前にできません")])
def test_a_day_of_arrival_is_neither_to_come_nor_before_the_request(days: int, said: str) -> None:
    at = cases.counter()
    with pytest.raises(Refused, match=said):
        receive_answers(
            asked(at), {MANDATE: Means.KEPT}, {}, Arrival("post", today() + timedelta(days=days)), by=at.clerk
        )


def test_a_copy_is_there_before_it_is_taken_and_an_answer_is_not_empty() -> None:
    at = cases.counter()
    request = asked(at)
    with pytest.raises(Refused, match="写しが、まだ付いていません"):
        receive_answers(request, {MANDATE: Means.COPY}, {}, now(), by=at.clerk)
    problems = receive_answers(request, {COPIES: Means.ANSWER, MANDATE: Means.KEPT}, {"copies": ""}, now(), by=at.clerk)
    assert [problem.question for problem in problems] == ["copies"]
    assert request.open_items().count() == 2
    request.case.submission.attach(MANDATE.question, photo("mandate.png"), by=at.clerk, correcting=[MANDATE])
    assert receive_answers(request, {MANDATE: Means.COPY}, {}, now(), by=at.clerk) == []
    assert request.items.get(question=MANDATE.question).after == "mandate.png"


@pytest.mark.parametrize("wrong", [{COPIES: Means.KEPT}, {MANDATE: Means.ANSWER}, {COPIES: Means.ONLINE}, {}])
def test_answers_are_no_papers_and_nothing_is_not_taken(wrong: dict[AnswerKey, str]) -> None:
    at = cases.counter()
    with pytest.raises(Refused):
        receive_answers(asked(at), wrong, {"copies": "3"}, now(), by=at.clerk)


def test_what_came_in_meanwhile_is_not_taken_twice_and_strangers_take_nothing() -> None:
    at = cases.counter()
    request = asked(at)
    receive_answers(request, {MANDATE: Means.KEPT}, {}, now(), by=at.clerk)
    with pytest.raises(Conflict):
        receive_answers(request, {MANDATE: Means.RETURNED}, {}, now(), by=at.clerk)
    with pytest.raises(NotAllowed):
        receive_answers(request, {COPIES: Means.ANSWER}, {"copies": "3"}, now(), by=cases.stranger())
    request.case.withdraw(by=at.clerk, reason="電話で申し出")
    with pytest.raises(Conflict):
        receive_answers(request, {COPIES: Means.ANSWER}, {"copies": "3"}, now(), by=at.clerk)


def test_the_database_keeps_no_seen_original_without_who_saw_it() -> None:
    request = asked(cases.counter())
    with pytest.raises(IntegrityError), transaction.atomic():
        CorrectionItem.objects.filter(request=request).update(means="kept", received_on=date(2026, 11, 30))
