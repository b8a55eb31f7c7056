"""What is forced is decided by the channel: nobody invents a telephone, and a card that was seen need not be copied."""

from datetime import date
from typing import Any

import pytest

from tests.cast.formbuilder import question, small
from todoke.formbuilder.answers.journey import AnswerKey, Journey
from todoke.formbuilder.answers.page_form import form_for
from todoke.formbuilder.document.comparison import differences
from todoke.formbuilder.document.parser import read_document
from todoke.formbuilder.document.question_types import Value
from todoke.formbuilder.document.schema_reader import InvalidDefinition

ON = date(2026, 11, 29)


def journey(channel: str, kind: str, **more: Any) -> Journey:
    answers: dict[AnswerKey, Value] = {AnswerKey("fact_channel"): channel} if channel else {}
    return Journey(read_document(small(question("a", kind, label="本人確認書類", **more))), answers, ON)


def stops(channel: str, kind: str, **more: Any) -> bool:
    return journey(channel, kind, **more).first_unfinished() is not None


@pytest.mark.parametrize("kind", ["file", "phone", "email"])
def test_a_paper_that_was_seen_and_a_telephone_that_nobody_has_stop_only_the_web(kind: str) -> None:
    assert stops("", kind)
    assert [stops(channel, kind) for channel in ("counter", "post", "phone")] == [False, False, False]


def test_a_name_is_asked_for_in_every_channel() -> None:
    assert [stops(channel, "name") for channel in ("", "counter", "post", "phone")] == [True] * 4


def test_a_form_can_say_that_the_copy_is_needed_by_post_too() -> None:
    forced = ["web", "post"]
    assert [stops(at, "file", forced_at=forced) for at in ("", "counter", "post", "phone")] == [
        True,
        False,
        True,
        False,
    ]


def test_a_form_cannot_name_a_channel_that_there_is_not() -> None:
    with pytest.raises(InvalidDefinition, match="必須にする受付経路"):
        journey("", "file", forced_at=["fax"])


def test_the_clerk_reads_that_the_field_may_stay_empty() -> None:
    entry = journey("counter", "file")
    assert [problem.message for problem in entry.problems()] == [
        "「本人確認書類」が空です。原本を見たときは、空のまま受け付けられます。"
    ]
    assert not form_for(entry.pages()[0], entry)["a"].field.required
    at_home = journey("", "file")
    assert form_for(at_home.pages()[0], at_home)["a"].field.required


def test_the_difference_of_two_versions_says_in_which_channels_it_is_required() -> None:
    before, after = (journey("", "file", **more).document for more in ({}, {"forced_at": ["web", "post"]}))
    assert [each.words for each in differences(before, after)] == [
        "答えがないと受け付けない経路を「オンライン・郵送」に変えます。"
    ]
