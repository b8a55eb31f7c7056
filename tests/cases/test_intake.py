"""An application that a person sends becomes one case, however often and however it is sent."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests import cast
from tests.cast import cases
from todoke.accounts.actors import Guest
from todoke.cases import intake
from todoke.cases.answers import body_hash
from todoke.cases.intake import Changed
from todoke.cases.models import Case
from todoke.notices.models import Message
from todoke.runtime.refusals import Closed, NotAllowed, Refused

pytestmark = pytest.mark.django_db


def test_sending_makes_a_case_of_the_release_it_began_with() -> None:
    at = cases.counter()
    hanako = cast.resident()
    case = cases.case(at, hanako)
    assert (case.status, case.release, case.applicant, case.department) == ("received", at.release, hanako, at.section)
    assert (case.applicant_name, case.applicant_kana) == ("山田 花子", "ヤマダ ハナコ")
    assert case.due_on is not None


@pytest.mark.parametrize("times", [2, 5])
def test_sending_again_gives_the_same_receipt_and_one_mail(times: int) -> None:
    draft = cases.filled(cases.counter())
    seen = body_hash(draft.submission)
    numbers = {intake.accept(draft.submission, by=Guest(), seen=seen).number for _ in range(times)}
    assert len(numbers) == 1
    assert Case.objects.count() == 1
    assert Message.objects.filter(code="case-received").count() == 1


def test_other_answers_under_the_same_receipt_are_refused() -> None:
    draft = cases.filled(cases.counter())
    intake.accept(draft.submission, by=Guest())
    with pytest.raises(Changed):
        intake.accept(draft.submission, by=Guest(), seen="0" * 64)


def test_answers_changed_in_another_tab_are_not_sent_unseen() -> None:
    draft = cases.filled(cases.counter())
    seen = body_hash(draft.submission)
    draft.submission.save_page("person", {**cases.FILLED, "copies": "9"}, by=Guest())
    with pytest.raises(Changed):
        intake.accept(draft.submission, by=Guest(), seen=seen)
    assert not Case.objects.exists()


def test_after_the_deadline_nothing_is_begun_or_sent() -> None:
    now = timezone.now()
    at = cases.counter()
    draft = cases.filled(at)
    at.release.offer.reschedule(
        opens_at=now - timedelta(days=9), closes_at=now - timedelta(seconds=1), capacity=None, reason="", by=at.chief
    )
    with pytest.raises(Closed):
        intake.accept(draft.submission, by=Guest())
    with pytest.raises(Closed):
        intake.begin(at.release, by=Guest())


def test_the_last_place_goes_to_one() -> None:
    at = cases.counter(capacity=1)
    first, second = cases.filled(at), cases.filled(at)
    intake.accept(first.submission, by=Guest())
    with pytest.raises(Closed):
        intake.accept(second.submission, by=Guest())


def test_the_fee_is_computed_from_the_answers() -> None:
    at = cases.counter(fee=300)
    case = cases.case(at, copies="3")
    assert case.charge is not None
    assert case.charge.yen == 900
    exempt = cases.case(at, welfare="yes")
    assert exempt.charge is not None
    assert exempt.charge.yen == 0


def test_a_paper_application_names_both_people_and_its_own_day_of_receipt() -> None:
    at = cases.counter()
    draft = cases.filled(at, at.clerk, channel="post")
    came = timezone.now() - timedelta(days=3)
    with pytest.raises(Refused, match="理由"):
        intake.accept(draft.submission, by=at.clerk, received_at=came)
    case = intake.accept(draft.submission, by=at.clerk, received_at=came, reason="郵便で届いた日")
    assert (case.recorded_by, case.applicant, case.channel) == (at.clerk, None, "post")
    assert case.received_at == came < case.recorded_at


def test_only_staff_of_the_section_enter_papers() -> None:
    at = cases.counter()
    with pytest.raises(NotAllowed):
        intake.begin(at.release, by=cast.staff("他課", "x@example.lg.jp", section=cast.department("税務課", "2020")),
                     channel="counter")  # fmt: skip
