from dataclasses import replace
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from tests.cast import chief, clerk, department, staff
from tests.cast.procedures import procedure
from tests.cast.reviews import GONE, KEPT, RECHECK, START, headquarters, paper, rule, thing
from todoke.audit.models import Entry
from todoke.organization.models import Department, Post
from todoke.procedures import municipal_rows
from todoke.procedures.models import Code, CodedValue, install_code_tables
from todoke.reviews import review_seed, review_summary
from todoke.reviews.models import Review, decision_error
from todoke.reviews.review_subjects import KEEP_REASONS, KeepReason, Subject
from todoke.runtime.refusals import Conflict, NotAllowed, Refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def section() -> Department:
    return department()


def test_a_clerk_writes_a_seal_down_and_the_chief_decides_it(section: Department) -> None:
    seal = thing(section)
    seal.enter(by=clerk(section))
    with pytest.raises(NotAllowed):
        seal.decide(GONE, by=staff("別の課長", "other@example.lg.jp", Post.Role.CHIEF, department("別の課", "9999")))
    boss = chief(section)
    seal.decide(GONE, by=boss)
    seal.refresh_from_db()
    assert (seal.number, seal.decision, seal.approver, seal.effective_on) == ("P-000001-01", "abolish", boss, START)
    assert [e.act for e in Entry.objects.filter(subject__startswith="reviews.review/")] == [
        "見直しの記入", "見直しの決定",
    ]  # fmt: skip


def test_the_same_thing_is_not_written_twice_and_two_people_do_not_both_decide(section: Department) -> None:
    person = headquarters()
    first = thing(section)
    first.enter(by=person)
    with pytest.raises(Refused, match="もう書かれて") as refused:
        thing(section).enter(by=person)
    assert refused.value.link == f"/office/reviews/{first.number}/"
    stale = Review.objects.get()
    first.decide(GONE, by=person)
    with pytest.raises(Conflict):
        stale.decide(KEPT, by=person)


@pytest.mark.parametrize(
    "fields",
    [
        {"decision": "keep", "reason": ""},
        {"decision": "keep", "reason": "ordinance"},
        {"decision": "keep", "reason": "law", "recheck_on": None},
        {"decision": "keep", "reason": "other", "note": ""},
        {"decision": "replace"},
        {"decision": "replace", "substitute": "epayment"},
        {"decision": "abolish", "reason": "law"},
        {"decision": "abolish", "effective_on": None},
        {"decision": "abolish", "approver_label": ""},
        {"decision": "perhaps"},
        {"mark": ""},
    ],
)
def test_the_database_itself_refuses_a_decision_without_its_grounds(
    section: Department, fields: dict[str, Any]
) -> None:
    seal = thing(section)
    seal.enter(by=headquarters())
    whole = {
        "decided_at": timezone.now(), "effective_on": START, "recheck_on": RECHECK, "approver_label": "吉田",
        "mark": "plain",
    }  # fmt: skip
    with pytest.raises(IntegrityError), transaction.atomic():
        Review.objects.filter(pk=seal.pk).update(**whole | fields)
    Review.objects.filter(pk=seal.pk).update(**whole, decision="keep", reason="registered")


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"reason": ""}, "理由を選びます"),
        ({"reason": "in_person"}, "残す理由に使えません"),
        ({"reason": "other"}, "補足に書いて"),
        ({"recheck_on": None}, "再点検の日"),
        ({"substitute": "name"}, "代わりの手段"),
        ({"decision": "later"}, "どれかを選んで"),
    ],
)
def test_what_is_missing_is_said_in_words_first(change: dict[str, Any], words: str) -> None:
    assert words in decision_error(replace(KEPT, **change), Subject.SEAL)
    assert decision_error(KEPT, Subject.SEAL) == ""


def test_every_reason_keeps_something_and_nothing_else_does() -> None:
    assert {reason for reasons in KEEP_REASONS.values() for reason in reasons} == set(KeepReason)


def test_a_decision_is_taken_back_only_with_a_reason(section: Department) -> None:
    person, seal = headquarters(), thing(section)
    seal.enter(by=person)
    seal.decide(KEPT, by=person)
    with pytest.raises(Refused):
        seal.reopen("  ", by=person)
    seal.reopen("国の通知が変わった", by=person)
    assert (seal.decision, seal.reason, seal.approver, seal.recheck_on) == ("", "", None, None)
    assert Entry.objects.filter(act="見直しのやり直し", reason="国の通知が変わった").exists()


def test_what_the_survey_says_becomes_undecided_reviews_once(section: Department) -> None:
    install_code_tables()
    dog = procedure(
        "犬の登録", kind="1", fee="2", law="狂犬病予防法施行規則", article="第3条", department=section,
    )  # fmt: skip
    for table, key in [("identification", "1"), ("identification", "4"), ("document", "01"), ("document", "15"),
                       ("submission", "2"), ("fee_method", "1-1")]:  # fmt: skip
        CodedValue.objects.create(procedure=dog, code=Code.objects.get(table=table, key=key))
    procedure("処分の通知", kind="2-1", fee="2")
    person = headquarters()
    assert review_seed.create_from_survey(by=person) == 6
    assert review_seed.create_from_survey(by=person) == 0
    found = set(Review.objects.values_list("subject", "mark", "what", "decision"))
    assert found == {
        ("seal", "registered", "申請者の押印(印鑑証明付き)", ""), ("paper", "", "住民票", ""),
        ("visit", "", "本人確認書類の提示・提出", ""), ("visit", "", "原紙の提出", ""),
        ("visit", "", "窓口での納付", ""), ("fee", "", "手数料等", ""),
    }  # fmt: skip
    basis = dog.legal_bases.get()
    assert (basis.rank, basis.amendable_by, basis.article) == ("ministerial_order", "state", "第3条")
    with pytest.raises(NotAllowed):
        review_seed.create_from_survey(by=clerk(section))


def test_the_table_counts_exactly_the_rows_behind_each_cell(section: Department) -> None:
    person, other = headquarters(), department("税務課", "3002")
    for title, place, outcome in [
        ("犬", section, GONE),
        ("猫", section, KEPT),
        ("鳥", other, None),
        ("魚", None, GONE),
    ]:
        seal = thing(place, title)
        seal.enter(by=person)
        if outcome:
            seal.decide(outcome, by=person)
    thing(section, "犬", subject="paper", mark="", what="住民票").enter(by=person)
    rows = review_summary.counts_by_department("seal")
    assert [(row.name, dict(row.counts)) for row in rows if row.code == "1010"] == [
        ("戸籍住民課", {"none": 0, "abolish": 1, "replace": 0, "keep": 1})
    ]
    for row in rows:
        for decision, count in row.counts:
            at, said = Department.objects.filter(code=row.code).first(), "" if decision == "none" else decision
            seals = Review.objects.current().filter(subject="seal", procedure__department=at, decision=said)
            assert seals.count() == count
    assert sum(row.total for row in rows) == 4


def test_ordinances_to_amend_are_grouped_and_our_own_come_first(section: Department) -> None:
    person = headquarters()
    for title, name, amender, decision in [
        ("犬", "犬の規則", "mayor", GONE), ("猫", "犬の規則", "mayor", GONE), ("鳥", "鳥の法律", "diet", GONE),
        ("魚", "魚の条例", "council", KEPT),
    ]:  # fmt: skip
        seal = thing(section, title)
        seal.basis = rule(seal.procedure, name, amender)
        seal.enter(by=person)
        seal.decide(decision, by=person)
    found = review_summary.required_amendments()
    assert [(each.title, each.is_municipal, len(each.reviews), each.due_on) for each in found] == [
        ("犬の規則", True, 2, START), ("鳥の法律", False, 1, START),
    ]  # fmt: skip


def test_several_are_decided_together_or_none_is(section: Department) -> None:
    person = headquarters()
    seals = [thing(section, title) for title in ("犬", "猫")]
    for seal in seals:
        seal.enter(by=person)
    Review.objects.filter(pk=seals[1].pk).update(decision="abolish", decided_at=timezone.now(),
                                                 effective_on=START, approver_label="別の人")  # fmt: skip
    with pytest.raises(Conflict), transaction.atomic():
        review_summary.decide_all(seals, GONE, by=person)
    assert Review.objects.get(pk=seals[0].pk).decision == ""
    assert review_summary.decide_all([Review.objects.get(pk=seals[0].pk)], GONE, by=person) == 1


def test_a_paper_form_with_a_review_is_not_taken_away(section: Department) -> None:
    seal = thing(section)
    seal.paper_form = paper(seal.procedure)
    seal.enter(by=headquarters())
    with pytest.raises(Refused, match="見直しがあります"):
        municipal_rows.remove(seal.paper_form, by=clerk(section))
