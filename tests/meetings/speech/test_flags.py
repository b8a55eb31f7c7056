"""What is dangerous in a transcript must be heard; what is doubtful is marked with its reason."""

import pytest

from todoke.meetings.speech.flags import FlagKind, all_flags, near_miss, text_flags


def kinds(text: str, *names: str) -> set[str]:
    return {flag.kind.value for flag in text_flags(text, names=names)}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("窓口を30台にします", {"number"}),
        ("窓口を\uff13\uff10台にします", {"number"}),
        ("三人で担当します", {"number"}),
        ("半数が回答しました", {"number"}),
        ("千円を超えます", {"number", "money"}),
        ("十二月五日に提出します", {"number", "date"}),
        ("来月までに提出します", {"date"}),
        ("後日お知らせします", {"date"}),
        ("補助額は未定です", {"money"}),
        ("そのような予定はありません。", {"negation"}),
        ("ご視聴ありがとうございました", {"invented"}),
        ("一般の方も一緒にご覧になれます", set()),
        ("承知しました", set()),
    ],
)
def test_numbers_dates_money_and_negations_are_marked(text: str, expected: set[str]) -> None:
    assert kinds(text) == expected


def test_a_post_and_a_person_must_be_heard_by_the_words_of_the_municipality() -> None:
    flags = text_flags("総務課長に確かめ、吉田が答えます", names=["総務課長", "吉田", "財政課長"])
    assert [(flag.kind, flag.must_be_heard) for flag in flags] == [(FlagKind.OWNER, True)]
    assert "総務課長、吉田" in flags[0].reason


def test_what_must_be_heard_is_numbers_dates_money_and_owners_only() -> None:
    heard = {
        flag.kind.value for flag in text_flags("総務課長は5月に5円を5つ", names=["総務課長"]) if flag.must_be_heard
    }
    assert heard == {"number", "date", "money", "owner"}
    assert not any(flag.must_be_heard for flag in text_flags("ご視聴ありがとうございました、ではない"))


@pytest.mark.parametrize(
    ("text", "term", "written"),
    [
        ("電子契役を導入します", "電子契約", "電子契役"),
        ("マイナポタルで申請します", "マイナポータル", "マイナポタル"),
        ("会計管管理者に聞きます", "会計管理者", "会計管管理者"),
        ("電子契約を導入します", "電子契約", ""),
        ("推進本部長が答えます", "推進本部", ""),
        ("本部が答えます", "本部長", ""),
        ("全く別の言葉です", "電子契約", ""),
        ("手続", "手続", ""),
    ],
)
def test_a_word_one_letter_away_from_a_term_is_found(text: str, term: str, written: str) -> None:
    assert near_miss(text, term) == written


def test_a_sentence_that_repeats_three_times_is_marked_and_twice_is_not() -> None:
    flags = all_flags(["はい", "はい", "どうぞ", "そう です", "そうです", "そうです"])
    assert [[flag.kind for flag in each] for each in flags] == [[], [], [], *[[FlagKind.REPEATED]] * 3]


def test_a_recording_that_goes_on_after_the_last_word_says_for_how_long() -> None:
    flags = all_flags(["始めます", "終わります"], last_end_ms=60_000, seconds=60 + 5 * 3600 + 12 * 60)
    assert "5時間12分、発言がない" in flags[1][0].reason
    assert all_flags(["終わります"], last_end_ms=60_000, seconds=100) == [[]]
    assert all_flags([], last_end_ms=None, seconds=900) == []
