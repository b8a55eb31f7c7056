"""Who wrote an answer is a fact of its row: a question that changes hands never takes an answer along."""

import random
from typing import Any

import pytest

from tests.cast.formbuilder import begun, messages, next_version, question, small
from todoke.accounts.actors import Guest
from todoke.formbuilder.answers import answer_migration
from todoke.formbuilder.answers.authorship import AnswerSource
from todoke.formbuilder.answers.journey import AnswerKey
from todoke.formbuilder.document.parser import read_document
from todoke.formbuilder.models import Answer, Submission
from todoke.japanese.calendar import today

OFFICE = {"required": "staff"}


def sources(submission: Submission) -> dict[str, str]:
    current = Answer.objects.filter(submission=submission, superseded_at=None)
    return {answer.question: answer.source for answer in current}


@pytest.mark.django_db
def test_a_residents_answer_never_becomes_the_offices_entry_and_she_is_told() -> None:
    submission = begun(small(question("a"), question("note")))
    submission.save_page("page", {"a": "一", "note": "私の事情"}, by=Guest())
    submission.migrate_to(next_version(submission, question("a"), question("note", **OFFICE)), by=Guest())
    assert submission.journey(staff=True).answers == {AnswerKey("a"): "一"}
    told = "「設問note」は、職員が記入する欄になりました。書いた内容は送られません。"
    assert messages(submission) == [(told, "私の事情")]
    assert Answer.objects.get(question="note").source == AnswerSource.RESIDENT


@pytest.mark.django_db
@pytest.mark.parametrize("later", [[question("note", required="no")], []])
def test_what_the_office_wrote_never_becomes_the_applicants_answer_nor_a_notice(later: list[dict[str, Any]]) -> None:
    submission = begun(small(question("a"), question("note", **OFFICE)))
    submission.save_page("page", {"a": "一", "note": "内部の所見"}, by=Guest(), staff=True)
    assert sources(submission) == {"a": "counter", "note": "office"}
    submission.migrate_to(next_version(submission, question("a"), *later), by=Guest())
    assert submission.current_answers() == {AnswerKey("a"): "一"}
    assert messages(submission) == []


@pytest.mark.django_db
def test_a_page_of_an_older_version_cannot_carry_an_answer_across() -> None:
    submission = begun(small(question("a"), question("note")))
    submission.migrate_to(next_version(submission, question("a"), question("note", **OFFICE)), by=Guest())
    submission.save_page("page", {"a": "一", "note": "所見"}, by=Guest(), staff=True)
    old_page = {"a": "一", "note": "割込み", "form__edition": "1"}
    Submission.objects.get().save_page("page", old_page, by=Guest(), staff=True)
    Submission.objects.get().save_page("page", {**old_page, "note": ""}, by=Guest(), staff=True)
    assert submission.current_answers()[AnswerKey("note")] == "所見"


@pytest.mark.django_db
def test_a_row_of_the_wrong_side_counts_for_nothing_and_stays_as_history() -> None:
    shown = question("more", when={"op": "is", "question": "seen", "value": "yes"})
    submission = begun(small(question("seen", "yes_no", **OFFICE), {**shown, **OFFICE}))
    Answer.objects.create(submission=submission, question="seen", value="yes", normal="yes")
    assert not submission.journey(staff=True).shown("more")
    submission.save_page("page", {"seen": "yes"}, by=Guest(), staff=True)
    rows = Answer.objects.filter(question="seen").order_by("pk").values_list("source", "superseded_at")
    assert [(source, ended is None) for source, ended in rows] == [("resident", False), ("office", True)]
    assert submission.journey(staff=True).shown("more")


@pytest.mark.django_db
def test_an_answer_that_nobody_changed_keeps_its_author_and_a_changed_one_gets_the_new() -> None:
    submission = begun(small(question("a"), question("b")))
    submission.save_page("page", {"a": "一", "b": "二"}, by=Guest(), source=AnswerSource.PREFILL)
    submission.save_page("page", {"a": "一", "b": "三"}, by=Guest())
    assert sources(submission) == {"a": "prefill", "b": "resident"}
    submission.migrate_to(next_version(submission, question("a", "long_text"), question("b")), by=Guest())
    assert sources(submission) == {"a": "prefill", "b": "resident"}


def test_over_random_versions_no_answer_changes_hands() -> None:
    dice = random.Random(16)
    for _ in range(300):
        _move_between_random_versions(dice)


def test_the_fault_that_takes_answers_over_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(answer_migration, "changes_hands", lambda *_: False)
    with pytest.raises(AssertionError):
        test_over_random_versions_no_answer_changes_hands()


def _move_between_random_versions(dice: random.Random) -> None:
    first, second = (_asked(dice), _asked(dice))
    old, new = read_document(small(*first)), read_document(small(*second))
    answers = {AnswerKey(asked["id"]): f"{asked['id']}の答え" for asked in first}
    kept, notices = answer_migration.migrate_answers(old, new, answers, today())
    wrote = {asked["id"]: asked["required"] == "staff" for asked in first}
    asks = {asked["id"]: asked["required"] == "staff" for asked in second}
    assert {key.question for key in kept} == {name for name in wrote if asks.get(name) is wrote[name]}
    assert not any(wrote.get(notice.key.question) and notice.typed for notice in notices)
    blank = answer_migration.emptied_answers(old, new, dict.fromkeys(answers, ""))
    assert {key.question for key in blank} == {key.question for key in kept}


def _asked(dice: random.Random) -> list[dict[str, Any]]:
    names = dice.sample(["a", "b", "c", "d"], dice.randint(1, 4))
    return [question(name, required=dice.choice(["hard", "no", "staff"])) for name in names]
