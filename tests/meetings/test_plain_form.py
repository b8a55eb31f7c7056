"""The end of a sentence in the plain form, however the minutes are written."""

import pytest

from todoke.meetings.minutes.plain_form import plain_form, tense_of


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("資料を配ります", "資料を配る"),
        ("一覧を直しましょう", "一覧を直す"),
        ("一覧を直しました", "一覧を直しました"),
        ("議会に伝えます", "議会に伝える"),
        ("内容を検討いたします", "内容を検討する"),
        ("確認させていただきます", "確認する"),
        ("見直しをします", "見直しをする"),
        ("立会いをお願いします", "立会いをお願いする"),
        ("一覧を送付", "一覧を送付する"),
        ("看板を大きく", "看板を大きく"),
    ],
)
def test_polite_plain_and_without_a_verb_are_one(written: str, plain: str) -> None:
    assert plain_form(written) == plain


@pytest.mark.parametrize(
    ("written", "tense"),
    [
        ("増やせないか", "asked"),
        ("花火は打ち上げない", "negative"),
        ("照合は終えました", "past"),
        ("手すりを付けてほしい", "wish"),
        ("協議を続けている", "going"),
        ("一覧を送付", "noun"),
        ("一覧を送る", "now"),
    ],
)
def test_the_end_says_whether_it_is_done_wished_or_to_come(written: str, tense: str) -> None:
    assert tense_of(written) == tense
