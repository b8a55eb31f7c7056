"""First-contact resolution is exact, moves only when the fourteen days say so, and shows what it does not know."""

import random
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import cast
from tests.cast.guidance import topic
from todoke.guidance.contacts.first_contact_resolution import (
    NOTHING,
    ResolutionFigures,
    by_month,
    figures,
    publishable,
    summed,
)
from todoke.guidance.models import Contact, ContactThread, ContactTopic
from todoke.guidance.models.contact import SILENCE, Noted, month_of
from todoke.runtime.refusals import Conflict, NotAllowed, Refused

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 20, 3, tzinfo=UTC)
ALL = (date(2020, 1, 1), date(2030, 1, 1))


def one() -> ResolutionFigures:
    return summed(figures(NOW, *ALL).values())


def test_ten_thousand_synthetic_contacts_give_the_known_figure_exactly() -> None:
    """Synthetic: each matter is drawn with its truth, written as rows, and the figure is compared with the truth."""
    dice, subject = random.Random(16), topic()
    truth, threads, contacts = {"resolved": 0, "over": 0, "unknown": 0}, list[ContactThread](), 0
    while contacts < 10_000:
        at = NOW - timedelta(seconds=dice.randrange(60 * 86_400))
        outcome, first_time = dice.choice(Contact.Outcome.values), dice.choice(Contact.FirstTime.values)
        later = sorted(dice.randrange(1, 40 * 86_400) for _ in range(dice.choice((0, 0, 0, 1, 2, 5))))
        later = [seconds for seconds in later if at + timedelta(seconds=seconds) <= NOW]
        contacts += 1 + len(later)
        is_over = at + timedelta(days=14) <= NOW
        silent = not any(seconds < 14 * 86_400 for seconds in later)
        truth["over"] += is_over
        truth["resolved"] += is_over and silent and outcome == "resolved"
        truth["unknown"] += first_time == "unknown"
        threads.append(ContactThread(
            number=f"{len(threads):08}", topic=subject, opened_at=at, month=month_of(at), silent_from=at + SILENCE,
            first_outcome=outcome, first_time=first_time, contacts=1 + len(later),
            second_at=at + timedelta(seconds=later[0]) if later else None,
        ))  # fmt: skip
    ContactThread.objects.bulk_create(threads)
    found = one()
    assert (found.resolved, found.over, found.unknown) == (truth["resolved"], truth["over"], truth["unknown"])
    assert (found.matters, found.contacts) == (len(threads), contacts)
    assert found.rate == truth["resolved"] / truth["over"]
    months = by_month(figures(NOW, *ALL))
    assert sum(each.matters for each in months.values()) == len(threads)
    assert list(months) == sorted(months)


@pytest.mark.sqlite
def test_the_figures_are_counted_in_the_index_and_read_no_row() -> None:
    with CaptureQueriesContext(connection) as queries:
        figures(NOW, *ALL)
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {queries.captured_queries[0]['sql']}")
        plan = [row[-1] for row in cursor.fetchall()]
    assert [line.split(" (")[0] for line in plan] == [
        "SEARCH guidance_contactthread USING COVERING INDEX guidance_thread_figures"
    ]


def noted(subject: ContactTopic, outcome: str = "resolved", days: float = 20, **more: object) -> Noted:
    return Noted(subject, "phone", outcome, at=NOW - timedelta(days=days), **more)  # type: ignore[arg-type]


def test_only_silence_after_a_solution_counts_and_only_when_fourteen_days_are_over() -> None:
    clerk, subject = cast.clerk(), topic()
    Contact.log(noted(subject, days=13.99), by=clerk)
    assert (one().rate, one().waiting) == (None, 1)
    first = Contact.log(noted(subject, days=14), by=clerk)
    assert one().rate == 1.0
    Contact.log(noted(subject, "unresolved", days=14), by=clerk)
    assert one().rate == 0.5
    Contact.log(noted(subject, days=0.001), by=clerk, thread=ContactThread.objects.get(pk=first.thread_id))
    assert one().rate == 0.0


def test_a_contact_after_the_fourteen_days_changes_nothing() -> None:
    clerk, subject = cast.clerk(), topic()
    first = Contact.log(noted(subject, days=20), by=clerk)
    again = Contact.log(noted(subject, days=6), by=clerk, thread=first.thread)
    assert (again.nth, one().rate, one().twice) == (2, 1.0, 1)


def test_two_who_record_on_one_matter_at_once_do_not_both_win() -> None:
    clerk, subject = cast.clerk(), topic()
    thread = Contact.log(noted(subject), by=clerk).thread
    stale = ContactThread.objects.get(pk=thread.pk)
    Contact.log(noted(subject, days=1), by=clerk, thread=thread)
    with pytest.raises(Conflict):
        Contact.log(noted(subject, days=1), by=clerk, thread=stale)


def test_a_section_is_named_when_and_only_when_somebody_is_handed_over() -> None:
    clerk, subject = cast.clerk(), topic()
    with pytest.raises(Refused, match="取次先"):
        Contact.log(noted(subject, "handed"), by=clerk)
    with pytest.raises(Refused, match="取次先"):
        Contact.log(noted(subject, handed_to=cast.department()), by=clerk)
    Contact.log(noted(subject, "handed", handed_to=cast.department("道路課", "3010")), by=clerk)
    assert one().handed == 1


def test_no_telephone_number_is_kept_in_a_note_and_only_staff_record() -> None:
    clerk, subject = cast.clerk(), topic()
    kept = Contact.log(noted(subject, "call_back", note="090-1234-5678へ折り返す"), by=clerk)
    assert kept.note == "〔電話番号〕へ折り返す"
    with pytest.raises(NotAllowed):
        kept.call_back(by=cast.staff("他 課", "other@example.lg.jp", section=cast.department("道路課", "3010")))
    kept.call_back(by=clerk)
    with pytest.raises(Conflict):
        kept.call_back(by=clerk)
    with pytest.raises(NotAllowed):
        Contact.log(noted(subject), by=cast.resident())


def test_above_a_fifth_unknown_the_figure_turns_grey() -> None:
    assert not ResolutionFigures(10, 0, 5, 2, 10, 0, 0, 0, 0).is_grey
    assert ResolutionFigures(10, 0, 5, 3, 10, 0, 0, 0, 0).is_grey
    assert not NOTHING.is_grey


def test_small_topics_are_hidden_and_never_one_alone() -> None:
    def of(matters: int) -> ResolutionFigures:
        return ResolutionFigures(matters, 0, 0, 0, matters, 0, 0, 0, 0)

    shown = publishable([("a", of(30)), ("b", of(4)), ("c", of(9))])
    assert [(name, each is None) for name, each in shown] == [("a", False), ("b", True), ("c", True)]
    assert all(each for _, each in publishable([("a", of(30)), ("c", of(9))]))
