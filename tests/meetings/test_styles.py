"""Minutes are written in many ways; the same things are found in all of them (synthetic minutes)."""

from datetime import date
from pathlib import Path

import pytest

from todoke.meetings.minutes.commitment_candidates import kind_of
from todoke.meetings.minutes.extract import MinutesExtract, extract
from todoke.meetings.minutes.loader import Source, load
from todoke.meetings.minutes.minutes_structure import structure_of

HERE = Path(__file__).parent / "synthetic"


def found_in(name: str) -> MinutesExtract:
    return extract(load((HERE / f"{name}.txt").read_bytes()))


SPEAKERS = {
    "kanji_numerals": [
        "委員長（青木誠君）",
        "情報政策課長（加藤恵君）",
        "１２番（上田拓也君）",
        "総務部長（大野進君）",
    ],
    "summary_style": ["事務局", "委員", "会長"],
    "colon_wrapped": ["DX推進室長", "本部長", "市民部長", "総務部長", "副本部長"],
    "bracketed": ["事務局", "西委員", "野口委員", "中川座長"],
    "alone_indented": ["橋本会長", "事務局", "林委員", "原委員"],
    "signed_after": ["平野委員", "福田委員", "事務局", "堀委員長"],
    "spread_labels": ["会長", "事務局", "委員"],
    "paren_comma": ["三浦委員長", "情報管理課長", "森委員"],
}
PROMISES = [
    ("kanji_numerals", "commitment", 24, date(2024, 12, 31)),
    ("kanji_numerals", "commitment", 29, None),
    ("kanji_numerals", "decision", 32, None),
    ("summary_style", "request", 16, date(2023, 10, 12)),
    ("summary_style", "commitment", 17, date(2023, 10, 12)),
    ("summary_style", "request", 18, date(2023, 9, 30)),
    ("summary_style", "decision", 22, None),
    ("colon_wrapped", "commitment", 12, date(2024, 3, 31)),
    ("colon_wrapped", "request", 16, date(2024, 6, 30)),
    ("colon_wrapped", "commitment", 18, date(2024, 2, 29)),
    ("colon_wrapped", "decision", 22, None),
    ("colon_wrapped", "continued", 22, None),
    ("bracketed", "commitment", 15, date(2025, 5, 30)),
    ("bracketed", "commitment", 19, date(2026, 3, 31)),
    ("bracketed", "decision", 24, None),
    ("alone_indented", "commitment", 12, None),
    ("alone_indented", "request", 15, None),
    ("alone_indented", "continued", 27, None),
    ("signed_after", "request", 7, None),
    ("signed_after", "commitment", 8, None),
    ("signed_after", "decision", 10, None),
    ("reported_and_listed", "request", 10, None),
    ("reported_and_listed", "commitment", 11, date(2024, 12, 20)),
    ("reported_and_listed", "commitment", 14, date(2024, 10, 31)),
    ("reported_and_listed", "continued", 15, None),
    ("reported_and_listed", "decision", 18, None),
    ("reported_and_listed", "commitment", 24, date(2024, 11, 8)),
    ("reported_and_listed", "commitment", 26, date(2024, 12, 20)),
    ("spread_labels", "request", 8, None),
    ("spread_labels", "commitment", 9, date(2022, 11, 18)),
    ("spread_labels", "decision", 12, None),
    ("spread_labels", "continued", 12, None),
    ("paren_comma", "commitment", 12, date(2021, 12, 31)),
    ("paren_comma", "request", 18, None),
]


@pytest.mark.parametrize("name", SPEAKERS)
def test_the_speakers_are_found(name: str) -> None:
    assert list(dict.fromkeys(turn.label.written for turn in found_in(name).speeches)) == SPEAKERS[name]


@pytest.mark.parametrize(("name", "kind", "line", "due"), PROMISES)
def test_what_is_promised_is_found_with_its_date(name: str, kind: str, line: int, due: date | None) -> None:
    assert (kind, line, due) in [(each.kind, each.line, each.due) for each in found_in(name).candidates]


def test_the_agenda_is_read_once_though_it_stands_twice() -> None:
    assert [item.title for item in found_in("colon_wrapped").agenda] == ["書かない窓口の進捗", "職員研修の実施計画"]


def test_a_matter_that_only_the_chair_raises_is_an_item() -> None:
    assert [item.title for item in found_in("paren_comma").agenda] == ["庁内ネットワークの更新について"]


def test_every_kind_of_defect_is_flagged() -> None:
    found = [(defect.line, defect.kind) for defect in found_in("full_of_defects").defects]
    assert found == [
        (3, "date"), (3, "time"), (8, "era"), (8, "era"), (9, "number"), (10, "weekday"),
        (11, "speaker"), (14, "speaker"), (16, "time"),
    ]  # fmt: skip


def test_an_era_that_was_still_to_come_when_the_minutes_were_written_is_no_defect() -> None:
    assert found_in("signed_after").defects == []


@pytest.mark.parametrize(
    ("side", "words"),
    [
        ("office", "児童福祉法の一部改正に伴い、引用規定の項ずれを修正いたします。"),
        ("office", "この結果を基に教育委員会が就学先を最終決定いたします。"),
        ("member", "桐の市にも、ベンチを設置してほしいとの声は届いていませんか。"),
        ("member", "効果的な対策を行っていただけるということですが、ありがとうございます。"),
        ("member", "受入れの枠は調査されているのか確認をさせてください。"),
        ("member", "市長の御見解をお願いします。"),
        ("member", "昨年度の本会議では、原則公開への出直しを求めました。"),
        ("member", "続きまして、この項目の質問事項、書画カメラお願いします。"),
        ("member", "この二本柱でやっていただければいいと思いますが、どうでしょう、市長。"),
    ],
)
def test_questions_thanks_and_explanations_leave_nothing_behind(side: str, words: str) -> None:
    assert kind_of(words, side) == ""


def sentences_of(*lines: str) -> list[str]:
    """Return the sentences of minutes as they are judged."""
    return [each.sentence.text for each in structure_of(Source(list(lines))).contexts]


def test_an_answer_behind_an_arrow_is_a_sentence_of_its_own_but_a_change_of_numbers_is_not() -> None:
    assert sentences_of("・予約を電話だけにしないでほしい → 10月から電子でも受ける") == [
        "・予約を電話だけにしないでほしい",
        "→ 10月から電子でも受ける",
    ]
    assert sentences_of("・開館を17時→19時に延ばす") == ["・開館を17時→19時に延ばす"]


def test_a_line_does_not_go_on_over_a_heading_that_was_taken_out() -> None:
    lines = (
        "会議の記録",
        "1 予約の統一について",
        " 次回に改めて協議することを確認",
        "2 副業について",
        " 人事課から説明した。",
    )
    assert " 人事課から説明した。".strip() in sentences_of(*lines)


def test_words_before_the_first_speaker_are_read() -> None:
    lines = ("区長会議の記録", "交付金は12月18日に振り込みます。", "○委員 いつですか。", "○課長 来週です。")
    assert "交付金は12月18日に振り込みます。" in sentences_of(*lines)


def test_a_list_of_decisions_ends_at_the_next_heading_of_the_same_kind() -> None:
    lines = ["たより", "◎決まったこと", "・校歌は作りません。", "◎声と答え", "・バスの基準は2キロです。"]
    listed = [each.what for each in extract(Source(lines)).candidates if each.probability == 1]
    assert listed == ["校歌は作りません。"]


def test_what_was_reported_is_judged_by_what_was_said() -> None:
    assert kind_of("課長は、台帳を今月中に整理すると答えた。", "") == kind_of("台帳を今月中に整理する。", "office")
