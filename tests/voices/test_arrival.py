"""Whether an opinion came in time follows from its channel and times; what no rule decides a person does."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import cast
from tests.cast.voices import Hall, hall, moment, sent
from todoke.accounts.models import User
from todoke.runtime.refusals import Refused
from todoke.systems.models import Incident, InformationSystem
from todoke.voices.models import CommentReceipt, Consultation, ConsultationExtension, Timeliness
from todoke.voices.tasks import close_consultations

pytestmark = pytest.mark.django_db
LIMIT = date(2025, 3, 7)
MARKED = date(2025, 2, 28)
CASES: dict[int, tuple[str, str, dict[str, Any]]] = {
    1: ("web", "2025-02-28 23:59:59", {}),
    2: ("web", "2025-03-01 00:00:00", {}),
    3: ("web", "2025-03-01 00:01:00", {}),
    4: ("fax", "2025-03-01 00:03:00", {"sent_at": moment("2025-02-28 23:58:00")}),
    5: ("post", "2025-02-28 10:00:00", {"stamped_on": MARKED}),
    6: ("post", "2025-03-03 10:00:00", {"postmark": "clear", "postmarked_on": MARKED}),
    7: ("post", "2025-03-08 10:00:00", {"postmark": "clear", "postmarked_on": MARKED}),
    8: ("post", "2025-03-03 10:00:00", {"postmark": "unreadable"}),
    9: ("post", "2025-03-03 10:00:00", {"postmark": "franked"}),
    10: ("hand", "2025-02-28 17:10:00", {}),
    11: ("hand", "2025-03-03 08:30:00", {"night_box": True}),
    12: ("mail", "2025-03-01 00:02:00", {"sent_at": moment("2025-02-28 23:50:00")}),
}
BY_ARRIVAL = {"timely": {1, 5, 10}, "undecided": {3, 4, 11}, "late": {2, 6, 7, 8, 9, 12}}
BY_POSTMARK = {"timely": {1, 5, 6, 10}, "undecided": {3, 4, 8, 9, 11}, "late": {2, 7, 12}}


@pytest.fixture
def place() -> Hall:
    return hall()


def outage(of: Consultation, by: User) -> Incident:
    """The page stood still in the last hour of the period."""
    begins, ends = "2025-02-28 23:40:00", "2025-03-01 00:10:00"
    system = InformationSystem.objects.create(code="todoke", name="届出の窓口", department=of.department, vendor="架空")
    of.channels.filter(channel="web").update(system=system)
    incident = Incident.open(system=system, title="窓口の停止", symptoms="開けない", detected_at=moment(begins), by=by)
    incident.outages.create(starts_at=moment(begins), ends_at=moment(ends))
    return incident


def arrived(of: Consultation, number: int, by: User) -> CommentReceipt:
    """One of the twelve; the outage is known only for the third."""
    channel, at, facts = CASES[number]
    incident = outage(of, by) if number == 3 else None
    row = sent(of, f"意見{number}", at, channel=channel, by=by, **facts)
    if incident is not None:
        of.channels.filter(channel="web").update(system=None)
    return row


def standings(rows: dict[int, CommentReceipt]) -> dict[str, set[int]]:
    found: dict[str, set[int]] = {}
    for number, row in rows.items():
        row.timeliness.refresh_from_db()
        found.setdefault(row.timeliness.standing, set()).add(number)
    return found


def test_the_twelve_cases_under_both_rules_and_a_correction_moves_three(place: Hall) -> None:
    of = place.announced()
    rows = {number: arrived(Consultation.objects.get(pk=of.pk), number, place.clerk) for number in CASES}
    assert standings(rows) == BY_ARRIVAL
    again = Consultation.objects.get(pk=of.pk)
    moved = again.correct_channel("post", basis="postmark", arrival_limit=LIMIT, reason="公示の記載", by=place.clerk)
    assert (moved, standings(rows)) == (3, BY_POSTMARK)


def test_a_notice_by_postmark_judges_the_same_from_the_beginning(place: Hall) -> None:
    of = place.drafted()
    of.channels.filter(channel="post").update(basis="postmark", arrival_limit=LIMIT)
    of.announce(by=place.clerk)
    rows = {number: arrived(Consultation.objects.get(pk=of.pk), number, place.clerk) for number in CASES}
    assert standings(rows) == BY_POSTMARK


def test_a_person_decides_with_a_reason_and_is_not_overruled(place: Hall) -> None:
    of = place.announced()
    row = arrived(of, 4, place.clerk)
    with pytest.raises(Refused, match="理由"):
        row.timeliness.decide(standing="timely", reason=" ", by=place.clerk)
    row.timeliness.decide(standing="timely", reason="受信の記録で23時58分に始まっている", by=place.clerk)
    Consultation.objects.get(pk=of.pk).rejudge(by=place.clerk)
    row.timeliness.refresh_from_db()
    assert (row.timeliness.standing, row.timeliness.judged_by) == ("timely", place.clerk)


def test_an_outage_in_the_last_hour_loses_nothing(place: Hall) -> None:
    """Who was kept out is on the list to decide, the period is extended by notice, and then all are in time."""
    of = place.announced()
    incident = outage(of, place.clerk)
    of = Consultation.objects.get(pk=of.pk)
    before = sent(of, "停止の前に送れた", "2025-02-28 23:30:00")
    kept_out = sent(of, "停止のあとに送れた", "2025-03-01 00:15:00")
    much_later = sent(of, "三日あとに送った", "2025-03-04 09:00:00")
    rows = {1: before, 2: kept_out, 3: much_later}
    assert standings(rows) == {"timely": {1}, "undecided": {2}, "late": {3}}
    assert "窓口の停止" in kept_out.timeliness.why
    ConsultationExtension.notice(of, after=date(2025, 3, 3), reason="停止のため", incident=incident, by=place.clerk)
    assert standings(rows) == {"timely": {1, 2}, "late": {3}}
    assert of.receipts.count() == 3
    assert sent(Consultation.objects.get(pk=of.pk), "延長の日に", "2025-03-03 20:00:00").timeliness.standing == "timely"


def test_judging_again_asks_for_the_terms_once_however_many_arrived(place: Hall) -> None:
    of = place.announced()
    outage(of, place.clerk)
    asked = []
    for number in (2, 12):
        for n in range(number):
            sent(of, f"意見{number}-{n}")
        with CaptureQueriesContext(connection) as queries:
            assert Consultation.objects.get(pk=of.pk).rejudge(by=place.clerk) == 0
        asked.append(len(queries))
    assert asked[0] == asked[1] > 0


def test_an_arrival_that_the_release_before_judged_comes_into_the_register(place: Hall) -> None:
    of = place.announced()
    row = sent(of, "更新のあいだに届いた")
    Timeliness.objects.update(consultation=None)
    close_consultations.call()
    row.timeliness.refresh_from_db()
    assert row.timeliness.consultation == of


def test_post_on_a_closed_last_day_needs_the_record_of_its_delivery(place: Hall) -> None:
    of = place.announced(closes_on=date(2025, 3, 2), closed_day_choice="same")
    monday = {"channel": "post", "by": place.clerk, "stamped_on": date(2025, 3, 3)}
    unknown = sent(of, "日曜に届いたかもしれない", "2025-03-03 09:00:00", **monday)
    known = sent(of, "土曜に配達", "2025-03-03 09:00:00", delivered_on=date(2025, 3, 1), **monday)
    assert (unknown.timeliness.standing, known.timeliness.standing) == ("undecided", "timely")


def test_nobody_of_another_section_registers_a_paper(place: Hall) -> None:
    of, stranger = place.announced(), cast.clerk()
    with pytest.raises(Refused, match="担当部署"):
        sent(of, "紙", channel="post", by=stranger)
