"""Only residents who agreed hear, once, at the moment that was chosen, and the office sees how it ended."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from tests import cast
from tests.cast import signed_in
from tests.cast.cases import work_off
from todoke.accounts.actors import System
from todoke.accounts.models import User
from todoke.guidance import broadcasts
from todoke.guidance.models import Broadcast, Consent, LifeEvent
from todoke.jobs.models import Job
from todoke.notices import outbox
from todoke.notices.models import Delivery, Message

pytestmark = pytest.mark.django_db


def event(code: str, title: str) -> LifeEvent:
    return LifeEvent.objects.get_or_create(code=code, defaults={"title": title, "lead": "", "words": title})[0]


def planned(by: User, *events: LifeEvent, minutes: int = 0) -> Broadcast:
    return Broadcast.schedule(
        subject="健診のお知らせ", body="3か月児の健診があります。", events=events, by=by,
        send_at=timezone.now() + timedelta(minutes=minutes),
    )  # fmt: skip


def test_a_resident_chooses_on_their_page_and_only_who_chose_hears() -> None:
    birth, moving = event("birth-test", "出産"), event("moving-test", "引越し")
    hanako, taro = cast.resident(), cast.resident("太郎", "taro@example.jp")
    signed_in(hanako).post("/me/notices/choice/", {"event": [birth.code, moving.code]})
    signed_in(taro).post("/me/notices/choice/", {"event": [moving.code]})
    assert "checked" in signed_in(taro).get("/me/notices/").content.decode()
    planned(cast.clerk(), birth, event("school-test", "入学"))
    work_off()
    message = Message.objects.get(code="broadcast")
    assert (message.email, "3か月児の健診" in message.body) == (hanako.email, True)
    assert "/me/notices/" in message.body
    assert broadcasts.delivery_counts(Broadcast.objects.get())[0][1] == 1


def test_a_notice_to_one_person_is_carried_before_a_broadcast_to_many() -> None:
    birth, hanako = event("birth-test", "出産"), cast.resident()
    Consent.set_events([birth], by=hanako)
    broadcasts.send(planned(cast.clerk(), birth, minutes=10).pk)
    context = {"subject": "お返事", "body": "お返事です。", "url": "http://testserver/"}
    outbox.enqueue("broadcast", to=outbox.Recipient.of(hanako), context=context, about="試験", by=System())
    newest = Delivery.objects.latest("pk")
    assert cast.present(Job.objects.lease_next("試験")).args == [newest.pk]


def test_who_withdrew_before_the_moment_hears_nothing() -> None:
    birth, hanako = event("birth-test", "出産"), cast.resident()
    Consent.set_events([birth], by=hanako)
    made = planned(cast.clerk(), birth, minutes=10)
    assert work_off() == 0, "it waits for its moment"
    Consent.set_events([], by=hanako)
    assert broadcasts.send(made.pk) == 0
    assert Broadcast.objects.get().status == "sent"


def test_a_broadcast_is_sent_once_and_a_cancelled_one_never() -> None:
    birth = event("birth-test", "出産")
    Consent.set_events([birth], by=cast.resident())
    clerk = cast.clerk()
    first, second = planned(clerk, birth, minutes=10), planned(clerk, birth, minutes=10)
    assert (broadcasts.send(first.pk), broadcasts.send(first.pk)) == (1, 0)
    signed_in(clerk).post(f"/office/broadcasts/{second.token}/cancellation/")
    assert broadcasts.send(second.pk) == 0
    assert Message.objects.count() == 1


def test_a_broadcast_goes_on_where_a_killed_worker_stopped_and_holds_nobody_up(monkeypatch: pytest.MonkeyPatch) -> None:
    birth = event("birth-test", "出産")
    people = [cast.resident(f"{n}郎", f"n{n}@example.jp") for n in range(5)]
    for person in people:
        Consent.set_events([birth], by=person)
    made, post = planned(cast.clerk(), birth, minutes=10), outbox.enqueue

    def die_at_the_fourth(*words: Any, to: outbox.Recipient, **facts: Any) -> Message:
        if to.email == people[3].email:
            raise KeyboardInterrupt
        return post(*words, to=to, **facts)

    monkeypatch.setattr(broadcasts, "AT_ONCE", 2)
    with monkeypatch.context() as killed:
        killed.setattr(outbox, "enqueue", die_at_the_fourth)
        with pytest.raises(KeyboardInterrupt):
            broadcasts.send(made.pk)
    assert Message.objects.count() == 2
    assert Broadcast.objects.get().get_status_display() == "送信中"
    assert (broadcasts.send(made.pk), broadcasts.send(made.pk)) == (3, 0)
    assert sorted(Message.objects.values_list("email", flat=True)) == [person.email for person in people]
    assert (Broadcast.objects.get().readers, Broadcast.objects.get().status) == (5, "sent")


def test_the_office_plans_on_its_page_and_strangers_see_nothing() -> None:
    birth, clerk = event("birth-test", "出産"), cast.clerk()
    page = signed_in(clerk)
    facts = {"subject": "健診", "body": "本文", "events": [birth.code], "send_at": "2030-04-01T09:00"}
    assert page.post("/office/broadcasts/planning/", facts | {"events": []}).status_code == 422
    page.post("/office/broadcasts/planning/", facts)
    made = Broadcast.objects.get()
    assert "いまは0人" in page.get(f"/office/broadcasts/{made.token}/").content.decode()
    stranger = signed_in(cast.chief(cast.department("税務課", "3010")))
    assert stranger.get(f"/office/broadcasts/{made.token}/").status_code == 404
    with pytest.raises(ValidationError):
        planned(cast.resident(), birth)
