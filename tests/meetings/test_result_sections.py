"""Lists of what was decided and who does what are read to their end, and by what they say."""

from todoke.meetings.minutes.loader import numbered
from todoke.meetings.minutes.result_sections import find_result_sections


def listed(*lines: str) -> list[tuple[str, str]]:
    """Return kind and owner of what such lists hold."""
    return [(each.kind, each.owner) for each in find_result_sections(numbered(lines), None, None)[0]]


def test_what_is_left_open_among_the_decisions_is_a_matter_continued() -> None:
    lines = [
        "【決定事項】",
        "・所得証明は対象としない。",
        "・児童手当は、様式が示されるまで判断を先送り。",
        "・可否は結論出ず。",
    ]
    assert [kind for kind, _ in listed(*lines)] == ["decision", "continued", "continued"]


def test_a_list_within_a_list_ends_where_the_outer_one_goes_on() -> None:
    lines = [
        "- 決まったこと",
        "  - 対象は2つにする",
        "- やること",
        "  - DX推進係は突合表をつくる",
        "- 現状",
        "  - 端末は7台ある",
    ]
    assert listed(*lines) == [("decision", ""), ("commitment", "DX推進係")]


def test_who_does_it_may_stand_behind_an_arrow() -> None:
    lines = ["【今後の対応】", "・配線の見積り → 市民課(6/28まで)", "・受け口の有無をベンダーに照会 → 情報政策課"]
    assert listed(*lines) == [("commitment", "市民課"), ("commitment", "情報政策課")]
