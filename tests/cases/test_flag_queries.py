"""Who is protected is asked in as many queries for five hundred letters as for one, and by one rule everywhere."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import cast
from tests.cast import cases
from tests.cast.cases import Counter
from todoke.cases import decisions
from todoke.cases.letters import dispatch
from todoke.cases.models import Case, Letter, LetterBatch, StopFlag
from todoke.cases.models.stop_flag import flagged_cases, names_by_case, unreleased_flagged
from todoke.formbuilder.models import Answer
from todoke.japanese.calendar import today

pytestmark = pytest.mark.django_db
FEW, MANY = ("山田",), ("鈴木", "佐藤", "高橋", "田中", "伊藤", "渡辺")


def batch_of(at: Counter, *families: str) -> LetterBatch:
    for family in families:
        decisions.propose(cases.reviewed(at, name__family=family), "granted", by=at.clerk).approve(by=at.chief)
    cases.work_off()
    free = Letter.objects.to_post().values_list("token", flat=True)
    batch = dispatch.create_batch(list(free), by=at.clerk)
    cases.work_off()
    batch.refresh_from_db()
    return batch


def queries(work: Callable[[], object]) -> int:
    with CaptureQueriesContext(connection) as seen:
        work()
    return len(seen)


def test_many_letters_cost_what_one_costs() -> None:
    at = cases.counter()
    StopFlag.place(name="加藤花子", department=at.section, starts_on=today(), ends_on=today(), by=at.chief)
    few, many = batch_of(at, *FEW), batch_of(at, *MANY)
    page = cast.signed_in(at.clerk)
    page.get("/office/")
    assert queries(few.blocked_cases) == queries(many.blocked_cases) == 3
    assert queries(lambda: few.require_taking(by=at.clerk)) == queries(lambda: many.require_taking(by=at.clerk))
    addresses = [f"/office/batches/{batch.token}/" for batch in (few, many)]
    assert queries(lambda: page.get(addresses[0])) == queries(lambda: page.get(addresses[1]))


def test_one_rule_says_which_letters_wait() -> None:
    at = cases.counter()
    batch = batch_of(at, *MANY)
    StopFlag.place(name="髙橋花子", department=at.section, starts_on=today(), ends_on=today(), by=at.chief)
    letters = list(batch.letters.all())
    assert [letter.case for letter in unreleased_flagged(letters)] == batch.blocked_cases()
    assert [case.applicant_name for case in batch.blocked_cases()] == ["高橋 花子"]
    batch.letters.get(case=batch.blocked_cases()[0]).clear_flag(reason="本人に確かめた", by=at.clerk)
    assert batch.blocked_cases() == []


def test_a_name_in_any_answer_counts_and_a_corrected_one_no_more() -> None:
    at = cases.counter()
    first, second = cases.case(at), cases.case(at, name__family="田中")
    StopFlag.place(name="佐藤花子", department=at.section, starts_on=today(), ends_on=today(), by=at.chief)
    row = Answer.objects.get(submission=second.submission, question="name", part="family")
    Answer.objects.filter(pk=row.pk).update(value="佐藤")
    assert flagged_cases(Case.objects.all()) == {second.pk}
    Answer.objects.filter(pk=row.pk).update(superseded_at=row.answered_at)
    assert flagged_cases([first, second]) == set()
    assert names_by_case([first])[first.pk] == ["山田 花子", "山田花子"]
