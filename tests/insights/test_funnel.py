"""The funnel counts what happened, and knows nobody."""

import pytest

from tests.cast import cases
from todoke.accounts.actors import Guest
from todoke.cases import intake
from todoke.insights.funnel import funnels, record_event
from todoke.insights.models import UseEvent
from todoke.japanese.calendar import today

pytestmark = pytest.mark.django_db


def counts() -> list[int]:
    (funnel,) = funnels(today(), today())
    return [stage.count for stage in funnel.stages]


def test_each_step_counts_once_however_often_the_application_is_sent() -> None:
    at = cases.counter()
    for _ in range(4):
        record_event(at.release, UseEvent.Step.VIEWED)
    draft = cases.filled(at)
    cases.filled(at)
    assert counts() == [4, 2, 0, 0]
    for _ in range(3):
        intake.accept(draft.submission, by=Guest())
    assert counts() == [4, 2, 1, 0]


def test_a_decision_moves_the_figures_by_exactly_that_case() -> None:
    at = cases.counter()
    cases.case(at)
    before = counts()
    cases.decided(at)
    after = counts()
    assert [late - early for early, late in zip(before, after, strict=True)] == [0, 1, 1, 1]


def test_a_share_is_of_the_step_before() -> None:
    at = cases.counter()
    cases.case(at)
    cases.filled(at)
    (funnel,) = funnels(today(), today())
    assert [stage.share for stage in funnel.stages] == [None, None, 0.5, 0.0]


def test_papers_from_the_counter_are_not_online() -> None:
    at = cases.counter()
    intake.accept(cases.filled(at, at.clerk, channel="counter").submission, by=at.clerk)
    assert counts() == [0, 0, 0, 0]


def test_a_fact_cannot_be_rewritten() -> None:
    record_event(cases.counter().release, UseEvent.Step.VIEWED)
    with pytest.raises(TypeError):
        UseEvent.objects.get().save()
