"""What a section must hear about a stop: a draft from the record, corrected, sent; and a calendar that tells."""

from datetime import datetime

import pytest
from django.test import Client

from tests import cast
from tests.cast import meetings, procedures, systems
from todoke.accounts.models import User
from todoke.board.register_forms import row_key
from todoke.japanese.calendar import JAPAN
from todoke.notices.models import Message
from todoke.organization.models import Department, Post
from todoke.runtime.refusals import NotAllowed, NotYet, Refused
from todoke.systems.models import Change, IncidentNotice, IncidentStep

pytestmark = pytest.mark.django_db


def a_chief(of: Department) -> User:
    return cast.staff("課長 花子", "kacho@example.lg.jp", Post.Role.CHIEF, of)


def test_a_notice_is_drafted_from_the_record_and_sent_once() -> None:
    system, by = systems.system(), cast.clerk()
    procedure = procedures.procedure()
    system.dependencies.create(procedure=procedure, alternative="郵送")
    chief = a_chief(system.department)
    first, _ = systems.outages(system, by)
    IncidentStep.add(first, kind="alternative", text="参照用サーバへ切り替えた", by=by)
    notice = IncidentNotice.draft(first, audience="sections", by=by)
    for words in ("2025年1月6日 11時20分から", "参照用サーバへ切り替えた", procedure.number, "調査中です"):
        assert words in notice.body, words
    assert notice.send(by=by) >= 1
    assert Message.objects.filter(user=chief, code="incident-notice").count() == 1
    with pytest.raises(Refused):
        notice.send(by=by)
    assert "書き換えられません" in notice.why_closed


def test_the_public_reads_only_what_was_given_out() -> None:
    system, by = systems.system(), cast.clerk()
    first, _ = systems.outages(system, by)
    notice = IncidentNotice.draft(first, audience="public", by=by)
    assert notice.subject not in Client().get("/board/public/stops/").content.decode()
    notice.send(by=by)
    assert notice.subject in Client().get("/board/public/stops/").content.decode()


def test_a_change_is_told_to_the_sections_once() -> None:
    system, by = systems.system(), cast.clerk()
    begins, ends = datetime(2027, 1, 16, 20, tzinfo=JAPAN), datetime(2027, 1, 17, 6, tzinfo=JAPAN)
    change = Change.objects.create(system=system, kind="stop", title="年次点検", starts_at=begins, ends_at=ends)
    with pytest.raises(Refused, match="まだ承認されていません"):
        change.notify_departments(by=by)
    change.approve(by=by)
    with pytest.raises(Refused, match="課長がいません"):
        change.notify_departments(by=by)
    change.refresh_from_db()
    assert change.told_at is None
    a_chief(system.department)
    assert change.notify_departments(by=by) == 1
    assert "2027年1月16日 20:00" in Message.objects.get().body
    with pytest.raises(Refused, match="もう知らせて"):
        change.notify_departments(by=by)


def test_actual_figures_stand_beside_the_estimate_and_steps_are_finished() -> None:
    by = meetings.secretary()
    first, _ = systems.outages(systems.system(), by)
    client = Client()
    client.force_login(by)
    where = f"/board/incidents/{first.number}/"
    client.post(f"{where}impact/", {"people": 4, "basis": "郵送の記録"})
    client.post(f"{where}step/", {"kind": "demand", "text": "検証の仕組み", "due": "2025-03-31"})
    assert "期限切れ" in client.get(where).content.decode()
    client.post(
        f"{where}steps/{row_key(first.steps.get())}/completion/", {"on": "2025-03-20", "evidence": "事業者の報告書"}
    )
    page = client.get(where).content.decode()
    for words in ("4人(郵送の記録)", "事業者の報告書", "処理中の案件は0件"):
        assert words in page, words
    client.post(f"{where}notices/", {"audience": "public"})
    client.post(f"{where}notices/{row_key(first.notices.get())}/sending/")
    assert "知らせた" in client.get(where).content.decode()


def test_a_change_is_approved_by_a_second_person_and_again_after_it_was_edited() -> None:
    writer, other, system = cast.clerk(), cast.chief(), systems.system()
    begins, ends = datetime(2027, 1, 16, 20, tzinfo=JAPAN), datetime(2027, 1, 17, 6, tzinfo=JAPAN)
    change = Change(system=system, kind="stop", title="年次点検", starts_at=begins, ends_at=ends)
    change.mark_edited(writer)
    change.save()
    with pytest.raises(NotAllowed, match="自分では承認できません"):
        change.approve(by=writer)
    change.approve(by=other)
    with pytest.raises(Refused, match="もう承認されています"):
        change.approve(by=other)
    change.mark_edited(writer)
    assert change.approved_at is None


def test_a_change_waits_for_the_work_before_it() -> None:
    other, system = cast.chief(), systems.system()
    begins, ends = datetime(2027, 1, 16, 20, tzinfo=JAPAN), datetime(2027, 1, 17, 6, tzinfo=JAPAN)
    before = Change.objects.create(system=system, kind="work", title="予備機の用意", starts_at=begins, ends_at=ends)
    change = Change.objects.create(system=system, kind="move", title="移行", starts_at=begins, ends_at=ends)
    change.predecessors.add(before)
    with pytest.raises(NotYet, match="予備機の用意"):
        change.approve(by=other)
