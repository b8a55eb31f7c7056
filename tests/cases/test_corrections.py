"""The office names what is to be put right, and the resident changes that and nothing else."""

import pytest

from tests import cast
from tests.cast import cases
from todoke.accounts.actors import Guest
from todoke.cases import corrections
from todoke.cases.corrections import CorrectionPoint
from todoke.cases.models import CorrectionRequest
from todoke.formbuilder.answers.journey import AnswerKey
from todoke.notices.models import Message
from todoke.runtime.refusals import Conflict, NotAllowed, Refused

pytestmark = pytest.mark.django_db
COPIES = CorrectionPoint(AnswerKey("copies"), "mistake", "3通までです。")


def asked(at: cases.Counter) -> CorrectionRequest:
    return corrections.request_correction(cases.reviewed(at), [COPIES], by=at.clerk)


def test_the_resident_hears_what_to_fix_and_the_period_stands_still() -> None:
    request = asked(cases.counter())
    assert request.case.status == "correction"
    assert request.case.due_on is None
    assert "通数: 記入に誤りがある 3通までです。" in Message.objects.get(code="case-correction").body


def test_only_the_named_answer_changes() -> None:
    request = asked(cases.counter())
    problems = corrections.answer_correction(
        request, {"copies": "3", "email": "thief@example.com", "name__family": "別人"}, by=Guest()
    )
    assert problems == []
    answers = {row.label: row.text for _, rows in request.case.submission.journey().summary() for row in rows}
    assert (answers["通数"], answers["メールアドレス"]) == ("3", "hanako@example.jp")
    assert "山田" in answers["氏名"]
    item = request.items.get()
    assert (item.before, item.after) == ("2", "3")
    request.case.refresh_from_db()
    assert request.case.status == "review"
    assert request.case.due_on is not None


def test_a_wrong_answer_changes_nothing_and_says_why() -> None:
    request = asked(cases.counter())
    problems = corrections.answer_correction(request, {"copies": "99"}, by=Guest())
    assert [problem.question for problem in problems] == ["copies"]
    request.refresh_from_db()
    assert request.is_open
    assert request.case.status == "correction"


def test_the_same_correction_sent_twice_counts_once() -> None:
    request = asked(cases.counter())
    stale = CorrectionRequest.objects.get(pk=request.pk)
    corrections.answer_correction(request, {"copies": "3"}, by=Guest())
    with pytest.raises(Conflict):
        corrections.answer_correction(stale, {"copies": "1"}, by=Guest())


def test_another_resident_cannot_answer() -> None:
    at = cases.counter()
    request = asked(at)
    with pytest.raises(NotAllowed):
        corrections.answer_correction(request, {"copies": "3"}, by=cast.resident())


def test_a_question_that_was_not_asked_cannot_be_corrected() -> None:
    at = cases.counter()
    with pytest.raises(Refused):
        corrections.request_correction(
            cases.reviewed(at), [CorrectionPoint(AnswerKey("secret"), "mistake")], by=at.clerk
        )


def test_the_office_can_take_a_request_back() -> None:
    at = cases.counter()
    request = asked(at)
    corrections.cancel_correction(request, by=at.clerk, reason="確認できたため")
    request.case.refresh_from_db()
    assert request.case.status == "review"
