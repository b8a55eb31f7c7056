"""What a case keeps beside its answers follows a correction: whom the office reaches, and what is to be paid."""

import pytest

from tests.cast import cases
from todoke.accounts.actors import Guest
from todoke.cases import decisions, inbox
from todoke.cases.correction import corrections
from todoke.cases.correction.correction_receipts import Arrival, Means, receive_answers
from todoke.cases.correction.corrections import CorrectionPoint, RequestedPaper
from todoke.cases.decision.readiness import open_points
from todoke.cases.models import Case, CorrectionRequest
from todoke.formbuilder.answers.journey import AnswerKey
from todoke.japanese.calendar import today
from todoke.payments import collection
from todoke.payments.models import Charge, Receipt

pytestmark = pytest.mark.django_db
NAME = {"name__family": "山本", "name__given": "花子", "name__family_kana": "ヤマモト", "name__given_kana": "ハナコ"}


def asked(at: cases.Counter, *questions: str, email: str = "hanako@example.jp") -> CorrectionRequest:
    points = [CorrectionPoint(AnswerKey(question), "mistake") for question in questions]
    return corrections.request_correction(cases.reviewed(at, email=email), points, by=at.clerk)


def test_the_name_and_the_mail_address_of_a_case_are_those_that_were_corrected() -> None:
    request = asked(cases.counter(), "name", "email", email="")
    corrections.answer_correction(request, {**NAME, "email": "new@example.jp"}, by=Guest())
    case = Case.objects.get()
    assert (case.applicant_name, case.applicant_email) == ("山本 花子", "new@example.jp")
    assert inbox.search(Case.objects.all(), "ヤマモト").exists()


def test_an_unpaid_fee_is_assessed_anew_and_the_applicant_sees_it() -> None:
    request = asked(cases.counter(fee=300), "copies")
    corrections.answer_correction(request, {"copies": "5"}, by=Guest())
    case = Case.objects.get()
    assert case.charge is not None
    assert case.charge.yen == 1500
    assert Charge.objects.exclude(pk=case.charge.pk).get().status == Charge.Status.CANCELLED
    assert case.events.get(act="手数料の変更", audience="all").reason.endswith("600円から 1,500円に変わりました。")


def test_of_a_paid_fee_the_difference_is_said_before_the_decision() -> None:
    at = cases.counter(fee=300)
    request = asked(at, "copies")
    assert request.case.charge is not None
    collection.pay_at_counter(request.case.charge, method=Receipt.Method.CASH, reference="R-1", by=at.clerk)
    corrections.answer_correction(request, {"copies": "5"}, by=Guest())
    case = Case.objects.get()
    assert case.charge is not None
    assert case.charge.yen == 600
    assert any("600円から 1,500円に変わりました" in point for point in open_points(case))


def test_an_answer_without_a_price_leaves_the_fee_alone() -> None:
    request = asked(cases.counter(fee=300), "email")
    corrections.answer_correction(request, {"email": "new@example.jp"}, by=Guest())
    assert Charge.objects.get().yen == 600


def test_the_chief_reads_that_an_original_was_seen() -> None:
    at = cases.counter()
    request = corrections.request_correction(cases.reviewed(at), [], by=at.clerk, papers=[RequestedPaper("委任状")])
    receive_answers(request, {request.spots()[0]: Means.KEPT}, {}, Arrival("counter", today()), by=at.clerk)
    rows = {
        row["項目"]: row["回答"] for row in decisions.dossier_of(Case.objects.get(), "granted", "", None)["申請の内容"]
    }
    assert rows["委任状"].startswith("原本を確認して、預かった(窓口)")
