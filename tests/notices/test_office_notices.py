"""The office is told of what arrives: when each wants it, never at night, and without a name in the mail."""

from datetime import UTC, datetime, time, timedelta

import pytest
from django.utils import timezone

from tests import cast
from tests.cast import cases
from todoke.accounts.actors import Guest
from todoke.cases.correction import corrections
from todoke.cases.mail import office_news
from todoke.cases.models import Case
from todoke.formbuilder.answers.journey import AnswerKey
from todoke.japanese.calendar import today
from todoke.notices.models import DepartmentMailbox, Message, NoticeAddressee, NoticePreference, OfficeNotice
from todoke.notices.office_notices import tell_due
from todoke.notices.quiet_hours import next_morning, next_telling
from todoke.runtime.refusals import NotAllowed, Refused

EVENING, MORNING = time(18, 0), time(8, 30)


def japan(text: str) -> datetime:
    return datetime.fromisoformat(f"{text}+09:00")


def tell(later: timedelta = timedelta(days=8)) -> list[Message]:
    """Everything that is due within some days, as mails."""
    office_news.tell_office()
    tell_due(timezone.now() + later)
    return list(Message.objects.filter(code="office-news").order_by("pk"))


@pytest.mark.parametrize(
    ("now", "told"),
    [("2026-11-25T10:00", "2026-11-25T10:00"), ("2026-11-25T18:00", "2026-11-26T08:30"),
     ("2026-11-25T03:00", "2026-11-25T08:30"), ("2026-11-27T20:00", "2026-11-30T08:30"),
     ("2026-11-28T12:00", "2026-11-30T08:30"), ("2026-12-28T19:00", "2027-01-04T08:30")],
)  # fmt: skip
def test_at_once_waits_for_the_end_of_the_night_and_for_the_next_office_day(now: str, told: str) -> None:
    assert next_telling(japan(now), EVENING, MORNING) == japan(told)


def test_the_morning_digest_is_the_next_one() -> None:
    assert next_morning(japan("2026-11-25T08:29"), MORNING) == japan("2026-11-25T08:30")
    assert next_morning(japan("2026-11-25T08:30"), MORNING) == japan("2026-11-26T08:30")
    assert next_telling(datetime(2026, 11, 25, 1, tzinfo=UTC), time(0), time(0)) == japan("2026-11-25T10:00")


@pytest.mark.django_db
def test_a_new_application_is_told_to_the_section_and_its_mailbox_without_a_name() -> None:
    at = cases.counter()
    DepartmentMailbox.keep(at.section, email="koseki@example.lg.jp", way="at_once", by=at.chief)
    case = cases.case(at)
    mails = tell()
    assert {mail.email for mail in mails} == {at.clerk.email, at.chief.email, "koseki@example.lg.jp"}
    for mail in mails:
        assert case.number in mail.body
        assert "証明書の請求" in mail.body
        assert "山田" not in mail.subject + mail.body
        assert "hanako" not in mail.body


@pytest.mark.django_db
def test_everything_of_a_night_comes_in_one_mail_and_never_twice() -> None:
    at = cases.counter()
    made = [cases.case(at) for _ in range(3)]
    assert len(tell()) == 2
    assert len(tell()) == 2
    body = Message.objects.filter(user=at.clerk).get().body
    assert all(case.number in body for case in made)
    assert not NoticeAddressee.objects.filter(told_at=None).exists()


@pytest.mark.django_db
def test_who_wants_no_mail_gets_none_and_an_assigned_case_concerns_its_clerk_alone() -> None:
    at = cases.counter()
    NoticePreference.keep(way="none", quiet_from=EVENING, quiet_until=MORNING, by=at.clerk)
    case = cases.case(at)
    Case.objects.filter(pk=case.pk).update(assignee=at.clerk)
    assert tell() == []


@pytest.mark.django_db
def test_an_answered_correction_is_told_and_a_cancelled_one_is_not() -> None:
    at = cases.counter()
    asked_of, cancelled = cases.reviewed(at), cases.reviewed(at)
    OfficeNotice.objects.all().delete()
    point = corrections.CorrectionPoint(AnswerKey("copies"), "mistake")
    asked = corrections.request_correction(asked_of, [point], by=at.clerk)
    corrections.answer_correction(asked, {"copies": "3"}, by=Guest())
    corrections.cancel_correction(
        corrections.request_correction(cancelled, [point], by=at.clerk), by=at.clerk, reason="不要"
    )
    office_news.collect_news()
    told = OfficeNotice.objects.filter(kind="correction")
    assert list(told.values_list("number", "only")) == [(asked_of.number, at.clerk.pk)]


@pytest.mark.django_db
def test_who_has_left_the_section_before_the_morning_is_not_told() -> None:
    at = cases.counter()
    cases.case(at)
    office_news.tell_office()
    at.clerk.tenures.update(ends_on=today() - timedelta(days=1))
    assert [mail.user for mail in tell()] == [at.chief]


@pytest.mark.django_db
def test_only_the_chief_sets_the_mailbox_and_only_to_an_address() -> None:
    at = cases.counter()
    with pytest.raises(NotAllowed):
        DepartmentMailbox.keep(at.section, email="koseki@example.lg.jp", way="at_once", by=at.clerk)
    with pytest.raises(Refused):
        DepartmentMailbox.keep(at.section, email="koseki", way="at_once", by=at.chief)
    DepartmentMailbox.keep(at.section, email="koseki@example.lg.jp", way="digest", by=at.chief)
    DepartmentMailbox.keep(at.section, email="", way="digest", by=at.chief)
    assert not DepartmentMailbox.objects.exists()


@pytest.mark.django_db
def test_the_settings_page_keeps_what_each_wants() -> None:
    at = cases.counter()
    client = cast.signed_in(at.chief)
    typed = {"way": "none", "quiet_from": "17:15", "quiet_until": "09:00"}
    client.post("/office/notice-settings/preference/", typed)
    assert NoticePreference.of(at.chief).quiet_until == time(9)
    refused = client.post("/office/notice-settings/preference/", {**typed, "quiet_from": "25:00"})
    assert (refused.status_code, "25:00" in refused.content.decode()) == (422, True)
    box = {f"{at.section.code}-email": "koseki@example.lg.jp", f"{at.section.code}-way": "at_once"}
    client.post(f"/office/notice-settings/mailboxes/{at.section.code}/", box)
    assert "koseki@example.lg.jp" in client.get("/office/notice-settings/").content.decode()
    clerk = cast.signed_in(at.clerk)
    assert clerk.post(f"/office/notice-settings/mailboxes/{at.section.code}/", box).status_code == 404
    assert "koseki" not in clerk.get("/office/notice-settings/").content.decode()
