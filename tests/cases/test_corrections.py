"""The office names what is to be put right, and the resident changes that and nothing else."""

import pytest

from tests import cast
from tests.cast import cases
from tests.cast.formbuilder import photo
from todoke.accounts.actors import Guest
from todoke.cases.correction import corrections
from todoke.cases.correction.corrections import CorrectionPoint, RequestedPaper
from todoke.cases.models import Case, CorrectionRequest
from todoke.formbuilder.answers.journey import AnswerKey
from todoke.formbuilder.models import Submission
from todoke.formbuilder.models.requested_papers import request_papers
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


def test_a_paper_that_the_form_never_asked_for_is_sent_and_seen() -> None:
    at = cases.counter()
    case = cases.reviewed(at)
    asked = corrections.request_correction(case, [], by=at.clerk, papers=[RequestedPaper("委任状", "署名のあるもの")])
    assert "委任状: 書類が足りない 署名のあるもの" in Message.objects.get(code="case-correction").body
    (spot,) = asked.spots()
    missing = corrections.answer_correction(asked, {}, by=Guest())
    assert [problem.message for problem in missing] == ["「委任状」を添付してください。"]
    case.submission.attach(spot.question, photo("mandate.png"), by=Guest(), correcting=asked.spots())
    assert corrections.answer_correction(CorrectionRequest.objects.get(), {}, by=Guest()) == []
    rows = {row.label: row.text for _, rows in Case.objects.get().submission.journey().summary() for row in rows}
    assert rows["委任状"] == "mandate.png"


def test_a_paper_asked_for_twice_is_one_paper() -> None:
    case = cases.reviewed(cases.counter())
    first = request_papers(case.submission, ["委任状"], by=Guest())
    again = request_papers(case.submission, ["委任状", "戸籍の証明書"], by=Guest())
    assert again[0] == first[0]
    assert [paper["label"] for paper in Submission.objects.get().requested_papers] == ["委任状", "戸籍の証明書"]
