"""Once a year the office asks whether it still holds; most people answer with one press."""

from datetime import timedelta

import pytest
from django.test import Client

from tests import cast
from tests.cast import present
from tests.cast.cases import Counter, case, counter, decided
from todoke.accounts.actors import Guest
from todoke.cases import intake, prefill, reconfirmations
from todoke.cases.models import Case, Reconfirmation, ReconfirmationRound, ReusedAnswer, StopFlag
from todoke.japanese.calendar import today
from todoke.notices.models import Message
from todoke.runtime.refusals import NotAllowed, Refused

pytestmark = pytest.mark.django_db


def opened(at: Counter) -> ReconfirmationRound:
    offer = at.release.offer
    return reconfirmations.start_round(offer, offer, year=2026, due_on=today() + timedelta(days=30), by=at.clerk)


def test_only_people_who_were_granted_are_asked() -> None:
    at = counter()
    granted = decided(at)
    case(at)
    decided(at, "refused", "要件に当たらないため")
    begun = opened(at)
    assert [asked.case for asked in begun.asked.all()] == [granted]
    assert Message.objects.get(code="reconfirmation").email == granted.applicant_email


def test_one_press_answers_with_everything_of_last_time() -> None:
    at = counter()
    before = decided(at)
    asked = opened(at).asked.get()
    answer = present(reconfirmations.confirm_unchanged(asked, by=Guest()))
    asked.refresh_from_db()
    assert asked.answer == answer != before
    assert answer.applicant_name == before.applicant_name
    assert ReusedAnswer.objects.filter(source=before).count() == 4


def test_two_presses_give_one_answer() -> None:
    at = counter()
    decided(at)
    asked = opened(at).asked.get()
    first = reconfirmations.confirm_unchanged(asked, by=Guest())
    again = reconfirmations.confirm_unchanged(Reconfirmation.objects.get(pk=asked.pk), by=Guest())
    assert first == again
    assert Case.objects.count() == 2


def test_something_changed_is_put_right_before_sending() -> None:
    at = counter()
    decided(at)
    asked = opened(at).asked.get()
    draft = reconfirmations.begin_answer(asked, by=Guest())
    draft.submission.save_page("person", {"copies": "7"}, by=Guest())
    sent = intake.accept(draft.submission, by=Guest())
    asked.refresh_from_db()
    assert asked.answer == sent
    assert sent.submission.answers.filter(question="copies").get().value == "7"


def test_those_who_do_not_answer_are_listed_and_reminded() -> None:
    at = counter()
    for _ in range(3):
        decided(at)
    begun = opened(at)
    reconfirmations.confirm_unchanged(present(begun.asked.first()), by=Guest())
    assert begun.asked.unanswered().count() == 2
    assert begun.asked.overdue(begun.due_on + timedelta(days=1)).count() == 2
    assert reconfirmations.remind(begun, by=at.clerk) == 2
    assert Message.objects.filter(code="reconfirmation").count() == 5


def test_a_year_is_asked_once_and_by_its_own_section() -> None:
    at, other = counter(), counter("税務課", "2010")
    opened(at)
    with pytest.raises(Refused):
        opened(at)
    with pytest.raises(NotAllowed):
        reconfirmations.remind(ReconfirmationRound.objects.get(), by=other.clerk)
    with pytest.raises(NotAllowed):
        reconfirmations.start_round(at.release.offer, at.release.offer, year=2027, due_on=today(), by=cast.resident())


def test_a_stop_flag_holds_link_and_prefilled_answers_until_a_person_decides() -> None:
    at = counter()
    before = decided(at)
    StopFlag.place(name="山田花子", department=at.section, starts_on=today(), ends_on=today(), by=at.chief)
    begun = opened(at)
    asked = begun.asked.get()
    assert asked.is_held
    assert reconfirmations.remind(begun, by=at.clerk) == 0
    assert not Message.objects.filter(code="reconfirmation").exists()
    with pytest.raises(Refused, match="窓口"):
        reconfirmations.confirm_unchanged(asked, by=Guest())
    client = Client()
    client.force_login(at.clerk)
    page = f"/office/reconfirmations/{at.release.offer.code}/2026/"
    assert "留め置き(支援措置)" in client.get(page).content.decode()
    client.post(f"{page}{asked.token}/release/", {"reason": "本人に電話で確かめた"})
    assert Message.objects.get(code="reconfirmation").email == before.applicant_email
    assert reconfirmations.confirm_unchanged(Reconfirmation.objects.get(), by=Guest())


def test_the_account_of_a_person_under_a_stop_flag_gets_nothing_prefilled() -> None:
    at, hanako = counter(), cast.resident()
    case(at, by=hanako)
    draft = intake.begin(at.release, by=hanako)
    StopFlag.place(name="山田花子", department=at.section, starts_on=today(), ends_on=today(), by=at.chief)
    assert prefill.prefill_contact(draft, by=hanako) == 0
