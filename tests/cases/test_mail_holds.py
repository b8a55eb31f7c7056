"""No mail about a protected person's case leaves the house before somebody has looked, and none is lost."""

from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from tests import cast
from tests.cast import cases
from todoke.accounts.actors import System
from todoke.cases import messages
from todoke.cases.correction import corrections
from todoke.cases.correction.corrections import CorrectionPoint
from todoke.cases.mail import mail_holds
from todoke.cases.mail.applicant_notices import notify_applicant
from todoke.cases.models import Case, CaseEvent, HeldMail, StopFlag
from todoke.formbuilder.answers.journey import AnswerKey
from todoke.japanese.calendar import today
from todoke.notices.delivery import deliver
from todoke.notices.models import Delivery
from todoke.runtime.refusals import Conflict, NotAllowed, Refused
from todoke.runtime.secret_text import SecretText

pytestmark = pytest.mark.django_db


@pytest.fixture
def at(settings: Settings) -> cases.Counter:
    settings.NOTICE_CHANNEL = "smtp"
    return cases.counter()


def flag(at: cases.Counter) -> StopFlag:
    until = today() + timedelta(days=365)
    return StopFlag.place(name="山田 花子", department=at.section, starts_on=today(), ends_on=until, by=at.chief)


def told(case: Case) -> Delivery:
    """Post a mail about a case, and nothing else."""
    Delivery.objects.all().update(status=Delivery.Status.SENT)
    notify_applicant(case, "case-decided", by=System())
    return Delivery.objects.latest("pk")


def test_a_flag_set_after_the_mail_was_queued_still_holds_it(at: cases.Counter) -> None:
    delivery = told(cases.case(at))
    flag(at)
    deliver(delivery.pk)
    delivery.refresh_from_db()
    assert delivery.status == Delivery.Status.HELD
    assert not mail.outbox
    held = HeldMail.objects.get()
    assert held.delivery == delivery
    assert CaseEvent.objects.filter(act="通知の留め置き", audience="office").exists()


def test_a_flag_set_before_a_retry_still_holds_it(at: cases.Counter) -> None:
    delivery = told(cases.case(at))
    assert delivery.begin_attempt()
    delivery.mark_delayed("メールサーバーに渡せません")
    flag(at)
    deliver(delivery.pk)
    assert HeldMail.objects.get().delivery == delivery
    deliver(delivery.pk)
    assert HeldMail.objects.count() == 1
    assert not mail.outbox


def test_every_mail_of_a_case_is_held_and_each_is_sent_once_somebody_has_looked(at: cases.Counter) -> None:
    flag(at)
    case = cases.reviewed(at)
    corrections.request_correction(case, [CorrectionPoint(AnswerKey("copies"), "mistake")], by=at.clerk)
    messages.write_to_applicant(case, "お電話をください。", by=at.clerk)
    cases.work_off()
    waiting = list(HeldMail.objects.waiting())
    assert len(waiting) >= 3
    assert not mail.outbox
    for held in waiting:
        held.release(reason="本人に電話で確かめた", by=at.clerk)
    cases.work_off()
    assert len(mail.outbox) == len(waiting)
    assert not HeldMail.objects.waiting().exists()
    with pytest.raises(Conflict):
        waiting[0].discard(reason="やはりやめる", by=at.clerk)


def test_what_is_discarded_is_never_sent_and_its_words_stay(at: cases.Counter) -> None:
    flag(at)
    delivery = told(cases.case(at))
    deliver(delivery.pk)
    held = HeldMail.objects.get()
    with pytest.raises(Refused):
        held.discard(reason=" ", by=at.clerk)
    held.discard(reason="電話で伝えた", by=at.clerk)
    cases.work_off()
    deliver(delivery.pk)
    delivery.refresh_from_db()
    assert delivery.status == Delivery.Status.DISCARDED
    assert delivery.message.body
    assert not mail.outbox


def test_mails_of_others_and_between_colleagues_go_out(at: cases.Counter) -> None:
    other = told(cases.case(at))
    deliver(other.pk)
    assert len(mail.outbox) == 1
    flag(at)
    case = cases.reviewed(at)
    section = cast.department("税務課", "2020")
    colleague = cast.staff("他課", "b@example.lg.jp", section=section)
    asked = messages.request_opinion(case, section, "納税の状況は。", by=at.clerk)
    messages.answer_opinion(asked, "滞納はありません。", by=colleague)
    mail.outbox.clear()
    cases.work_off()
    assert at.clerk.email in {message.to[0] for message in mail.outbox}
    assert all("example.lg.jp" in message.to[0] for message in mail.outbox)


def test_a_lifted_flag_lets_new_mails_out_and_keeps_old_ones_for_a_decision(at: cases.Counter) -> None:
    placed, case = flag(at), cases.case(at)
    deliver(told(case).pk)
    placed.lift(by=at.chief)
    deliver(told(case).pk)
    assert len(mail.outbox) == 1
    assert HeldMail.objects.waiting().count() == 1


def test_the_section_of_the_case_decides_on_its_page(at: cases.Counter) -> None:
    flag(at)
    case = cases.case(at)
    deliver(told(case).pk)
    held, page, stranger = HeldMail.objects.get(), Client(), Client()
    other = cast.staff("他課", "b@example.lg.jp", section=cast.department("税務課", "2020"))
    page.force_login(at.clerk)
    stranger.force_login(other)
    at_mail = f"/office/held-mails/{held.token}/"
    assert case.number in page.get("/office/held-mails/").content.decode()
    assert "留め置いています" in page.get(f"/office/cases/{case.number}/").content.decode()
    assert "確かめたので送る" in page.get(at_mail).content.decode()
    assert case.number in page.get(f"/office/held-mails/export/?q={case.number}").getvalue().decode("utf-8-sig")
    assert stranger.get(at_mail).status_code == 404
    assert case.number not in stranger.get("/office/held-mails/").content.decode()
    with pytest.raises(NotAllowed):
        held.release(reason="理由", by=other)
    assert "留め置いたまま" in page.post(f"{at_mail}release/", follow=True).content.decode()
    assert "送信を始めました" in page.post(f"{at_mail}release/", {"reason": "確認"}, follow=True).content.decode()
    cases.work_off()
    assert len(mail.outbox) == 1
    assert case.number in page.get("/office/held-mails/?view=sent&sort=number").content.decode()


def test_a_code_to_open_the_case_is_held_and_not_shown_to_clerks(at: cases.Counter) -> None:
    flag(at)
    case = cases.case(at)
    notify_applicant(
        case, "case-code", by=System(), code=SecretText("314159", timezone.now() + timedelta(minutes=10)), minutes=10
    )
    deliver(Delivery.objects.latest("pk").pk)
    page = Client()
    page.force_login(at.clerk)
    shown = page.get(f"/office/held-mails/{HeldMail.objects.get().token}/").content.decode()
    assert "314159" not in shown
    assert "職員に表示しません" in shown


def test_what_is_still_held_lapses_when_the_case_is_disposed_of(at: cases.Counter) -> None:
    flag(at)
    case = cases.case(at)
    delivery = told(case)
    deliver(delivery.pk)
    mail_holds.discard_held(case)
    delivery.refresh_from_db()
    assert (delivery.status, HeldMail.objects.get().outcome) == ("discarded", "discarded")
