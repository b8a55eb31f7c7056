"""Two people at one moment: one wins, the other is told, and nothing happens twice."""

from functools import partial

import pytest

from tests.cast import cases
from tests.cast.races import together
from todoke.accounts.actors import Guest
from todoke.cases import intake
from todoke.cases.correction import corrections
from todoke.cases.correction.corrections import CorrectionPoint
from todoke.cases.models import Case, CaseEvent, CorrectionRequest, Draft, IssuedNumber
from todoke.formbuilder.answers.journey import AnswerKey
from todoke.formbuilder.models import Submission
from todoke.notices.models import Message
from todoke.payments.models import Charge

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgresql, pytest.mark.slow]
TRIALS = 30
COPIES = CorrectionPoint(AnswerKey("copies"), "mistake")


def test_eight_clicks_at_once_give_one_application_and_one_mail() -> None:
    at = cases.counter(fee=300)
    for _ in range(10):
        draft = cases.filled(at)
        numbers: list[str] = []

        def send(draft: Draft = draft, numbers: list[str] = numbers) -> None:
            mine = Submission.objects.get(pk=draft.submission.pk)
            numbers.append(intake.accept(mine, by=Guest()).number)

        assert all(together(*[send] * 8))
        assert len(numbers) == 8
        assert set(numbers) == {Case.objects.get(submission=draft.submission).number}
    assert Message.objects.filter(code="case-received").count() == Charge.objects.count() == 10


def test_a_thousand_numbers_from_eight_clerks_are_all_different() -> None:
    numbers: list[str] = []

    def take() -> None:
        numbers.extend(IssuedNumber.issue(cases.OPENED.date()) for _ in range(125))

    assert all(together(*[take] * 8))
    assert len(set(numbers)) == 1000
    assert IssuedNumber.issue(cases.OPENED.date()) > max(numbers)


def test_approving_and_withdrawing_at_one_moment_ends_one_way() -> None:
    at = cases.counter()
    for _ in range(TRIALS):
        case = cases.proposed(at)
        mine, proposal = Case.objects.get(pk=case.pk), case.proposal
        assert proposal is not None
        done = together(partial(proposal.approve, by=at.chief), partial(mine.withdraw, by=Guest()))
        case.refresh_from_db()
        assert sum(done) == 1
        assert case.status == ("granted" if done[0] else "withdrawn")
        assert case.letters.count() == (1 if done[0] else 0)


def test_two_clerks_begin_one_review() -> None:
    at = cases.counter()
    for _ in range(TRIALS):
        case = cases.case(at)
        first, second = (Case.objects.select_related("assignee").get(pk=case.pk) for _ in range(2))
        done = together(partial(first.start_review, by=at.clerk), partial(second.start_review, by=at.chief))
        assert sum(done) == 1
        case.refresh_from_db()
        assert case.assignee == (at.clerk if done[0] else at.chief)
        assert CaseEvent.objects.filter(case=case, act="審査開始").count() == 1


def test_an_answer_and_its_cancellation_end_one_way() -> None:
    at = cases.counter()
    for _ in range(TRIALS):
        asked = corrections.request_correction(cases.reviewed(at), [COPIES], by=at.clerk)
        mine = CorrectionRequest.objects.get(pk=asked.pk)
        done = together(
            partial(corrections.answer_correction, asked, {"copies": "3"}, by=Guest()),
            partial(corrections.cancel_correction, mine, by=at.clerk, reason="済み"),
        )
        assert sum(done) == 1
        asked.refresh_from_db()
        assert (asked.answered_at is None) != (asked.cancelled_at is None)
        assert asked.case.clock_rows.filter(act="resume").count() == 1


def test_the_last_place_goes_to_one_of_four() -> None:
    at = cases.counter(capacity=5)
    for _ in range(4):
        cases.case(at)
    drafts = [cases.filled(at) for _ in range(4)]
    done = together(*[partial(intake.accept, draft.submission, by=Guest()) for draft in drafts])
    assert sum(done) == 1
    assert Case.objects.count() == 5
