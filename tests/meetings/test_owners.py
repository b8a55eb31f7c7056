"""Whoever a sentence makes answer for something is named; a word that names nobody is not."""

import pytest

from todoke.meetings.minutes.owners import owner_of

PEOPLE = frozenset({"伊東", "服部", "服部花子"})


def owner(sentence: str, kind: str = "commitment", speaker: str = "", answering: str = "") -> str:
    return owner_of(sentence, kind, speaker, answering, PEOPLE)


@pytest.mark.parametrize(
    ("sentence", "named"),
    [
        ("事務局において年度内に検討する。", "事務局"),
        ("今後、税務課で対応する。", "税務課"),
        ("各課に対し周知する。", "各課"),
        ("総務部長から説明する。", "総務部長"),
        ("まず情報課が調べ、次に税務課が決める。", "税務課"),
        ("本会議で決める。", ""),
        ("窓口で受け付ける。", ""),
        ("よく検討する。", ""),
    ],
)
def test_the_last_section_that_is_named_answers(sentence: str, named: str) -> None:
    assert owner(sentence) == named


@pytest.mark.parametrize(
    ("sentence", "named"),
    [
        ("伊東が調整する。", "伊東"),
        ("服部様にて調整する。", "服部様"),
        ("服部花子委員は資料を送る。", "服部花子委員"),
        ("伊東について話した。", ""),
        ("大伊東が調整する。", ""),
    ],
)
def test_a_person_of_the_attendance_list_answers(sentence: str, named: str) -> None:
    assert owner(sentence) == named
    assert owner_of(sentence, "commitment", "", "", frozenset()) == ""


def test_who_promises_answers_for_it_whatever_the_sentence_names() -> None:
    assert owner("税務課で対応する。", speaker="情報課長") == "情報課長"


def test_a_request_goes_to_whom_it_names_or_to_who_answered() -> None:
    assert owner("税務課で対応してほしい。", "request", answering="情報課長") == "税務課"
    assert owner("対応してほしい。", "request", answering="情報課長") == "情報課長"
    assert owner("伊東が対応してほしい。", "request", speaker="委員", answering="情報課長") == "情報課長"


def test_a_decision_has_no_owner() -> None:
    assert owner("税務課で対応する。", "decision", speaker="会長", answering="情報課長") == ""
