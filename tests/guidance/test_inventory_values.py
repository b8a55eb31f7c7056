"""What the survey's cells hold is said to a resident only where it makes sense."""

import pytest

from todoke.guidance.inventory_values import format_period, needed_papers, planned_year

NO_PAPERS, LIVING, OTHER, FIRM, TAX = (
    {"15": "添付書類なし"}, {"01": "住民票"}, {"14": "その他の添付書類"}, {"13": "資格証明書（くるみん認定等）"},
    {"07": "所得証明書・納税証明書"},
)  # fmt: skip
SEAL, CARD = {"2": "2 押印"}, {"4": "4 本人確認書類の提示・提出"}


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("1月", "およそ1か月"), ("30日", "およそ30日"), ("１週間", "およそ1週間"), ("1月遅滞なく", "およそ1か月"),
        ("１時間", "およそ1時間"), ("１～５月", "1か月から5か月"), ("1週～60日", "1週間から60日"),
        ("7日又は35日", "7日から35日"),
        ("即日", "即日"), ("申請の翌月末", "申請の翌月末"),
    ],
)  # fmt: skip
def test_a_period_is_said_as_people_say_it(typed: str, said: str) -> None:
    assert format_period(typed) == said


@pytest.mark.parametrize(
    "typed",
    [
        "", "0", "０", "0日", "０日", "-", "－", "ー", "月", "30", "なし", "該当なし。", "不明", "自治体により異なる",
        "地方等における手続であり、処理期間は不明である。", "届出のため対象外", "実施されたことがないため不明",
    ],
)  # fmt: skip
def test_what_was_filled_in_for_nothing_is_not_said(typed: str) -> None:
    assert format_period(typed) == ""


def test_no_papers_and_a_seal_do_not_contradict_each_other() -> None:
    assert needed_papers("5", NO_PAPERS, SEAL) == ("印鑑", "ほかに添える書類はありません。")
    assert needed_papers("5", NO_PAPERS, {}) == ("添える書類はありません。",)


def test_papers_named_together_with_none_are_not_believed() -> None:
    assert needed_papers("5", NO_PAPERS | LIVING, {}) == ()


def test_a_resident_is_not_asked_for_the_papers_of_a_firm() -> None:
    assert needed_papers("5", FIRM, CARD) == (
        "手続ごとに決められた書類", "本人確認書類(マイナンバーカード、運転免許証など)",
    )  # fmt: skip
    assert needed_papers("6", FIRM, {}) == ("資格証明書（くるみん認定等）",)


def test_other_papers_stand_after_the_named_ones() -> None:
    assert needed_papers("7", OTHER | TAX, {}) == ("所得証明書・納税証明書", "そのほか、手続ごとに決められた書類")


def test_a_plan_of_a_year_gone_by_is_not_promised() -> None:
    assert [planned_year(key, 2026) for key in ("2", "3", "7", "")] == ["", "2026年度", "2030年度以降", ""]
