"""A name in its official spelling, with an alternative one for machines that cannot show it."""

from typing import Any

import pytest
from django.utils.translation import override

from tests.cast.formbuilder import begun, question, small
from todoke.accounts.actors import Guest
from todoke.formbuilder.answers.answer_migration import migrate_answers
from todoke.formbuilder.answers.journey import AnswerKey, AnswerProblem, Journey
from todoke.formbuilder.answers.name_spellings import alternative_name, uncommon_characters
from todoke.formbuilder.answers.page_form import form_for
from todoke.formbuilder.document.parser import read_document
from todoke.formbuilder.document.question_types import display_text
from todoke.formbuilder.document.schema_reader import InvalidDefinition
from todoke.formbuilder.document.structure import Document
from todoke.formbuilder.publication.paper_form import build_paper_form
from todoke.japanese.calendar import today

FORM = small(question("who", "name", alternative=True))
OFFICIAL = {"family": "髙橋", "given": "𠮷子", "family_kana": "タカハシ", "given_kana": "ヨシコ"}
BOTH = {**OFFICIAL, "plain_family": "高橋", "plain_given": "吉子"}
WHO = AnswerKey("who")


def document(form: dict[str, Any] = FORM) -> Document:
    return read_document(form)


def posted(value: dict[str, str]) -> dict[str, str]:
    return {f"who__{part}": text for part, text in value.items()}


def problems(value: dict[str, str]) -> list[AnswerProblem]:
    return Journey(document(), {WHO: value}, today()).problems()


@pytest.mark.parametrize(
    ("text", "found"),
    [("高橋", []), ("髙橋", ["髙"]), ("𠮷田", ["𠮷"]), ("葛󠄁飾", ["葛󠄁"]), ("﨑山", ["﨑"]), ("ｶﾅ Smith", [])],
)
def test_what_an_ordinary_machine_cannot_show_is_known(text: str, found: list[str]) -> None:
    assert uncommon_characters(text) == found


@pytest.mark.django_db
@pytest.mark.parametrize("family", ["髙橋", "𠮷田", "葛󠄁飾"])
def test_both_spellings_are_stored_as_typed(family: str) -> None:
    submission = begun(FORM)
    assert submission.save_page("page", posted({**BOTH, "family": family}), by=Guest()) == []
    assert submission.submit(by=Guest())
    assert submission.current_answers() == {WHO: {**BOTH, "family": family}}


def test_a_rare_character_without_another_spelling_is_a_warning_and_no_more() -> None:
    assert [(found.part, found.warning) for found in problems(OFFICIAL)] == [
        ("plain_family", True), ("plain_given", True)
    ]  # fmt: skip
    assert "「髙」の出ない機械があります" in problems(OFFICIAL)[0].message
    assert problems({**OFFICIAL, "family": "山田", "given": "花子"}) == []


def test_an_alternative_spelling_of_rare_characters_helps_nobody() -> None:
    found = problems({**BOTH, "plain_family": "髙橋"})
    assert [(problem.part, problem.warning) for problem in found] == [("plain_family", False)]
    assert "「髙」" in found[0].message


def test_an_official_part_stands_in_where_only_the_other_was_spelt_anew() -> None:
    assert alternative_name({**OFFICIAL, "given": "花子", "plain_family": "高橋"}) == "高橋 花子"
    assert alternative_name(OFFICIAL) == ""


def test_the_review_reads_both_and_the_paper_has_room_for_both() -> None:
    asked = document().question("who")
    assert display_text(asked, BOTH) == "髙橋 𠮷子(タカハシ ヨシコ、代替表記: 高橋 吉子)"
    assert display_text(asked, OFFICIAL) == "髙橋 𠮷子(タカハシ ヨシコ)"
    with override("en"):
        assert "alternative spelling: 高橋 吉子" in display_text(asked, BOTH)
    fields = build_paper_form(document(), "http://127.0.0.1/").sheets[0].lines[0].fields
    assert [field.label for field in fields[-2:]] == ["氏(代替表記)", "名(代替表記)"]


def test_the_page_hides_the_other_spelling_until_it_is_needed() -> None:
    page = document().pages[0]
    empty = str(form_for(page, Journey(document(), {}, today())))
    given = str(form_for(page, Journey(document(), {WHO: BOTH}, today())))
    assert 'name="who__plain_family"' in empty
    assert '<details class="parts-more">' in empty
    assert '<details class="parts-more" open>' in given
    assert '<details class="parts-more" open>' in str(form_for(page, Journey(document(), {WHO: OFFICIAL}, today())))
    plain = document(small(question("who", "name")))
    assert "plain_family" not in str(form_for(plain.pages[0], Journey(plain, {}, today())))


def test_only_a_name_may_ask_for_it() -> None:
    with pytest.raises(InvalidDefinition, match="氏名"):
        document(small(question("a", "short_text", alternative=True)))


def test_a_form_that_no_longer_asks_hands_the_other_spelling_back() -> None:
    kept, notices = migrate_answers(document(), document(small(question("who", "name"))), {WHO: BOTH}, today())
    assert kept == {WHO: OFFICIAL}
    assert [(notice.typed, notice.message) for notice in notices] == [
        ("髙橋 𠮷子(タカハシ ヨシコ、代替表記: 高橋 吉子)", "「設問who」の代替表記は不要になりました。")
    ]
