import pytest

from todoke.flows.branches import Branch, branches_of, text_of_branches
from todoke.flows.durations import duration_text, minutes_of
from todoke.flows.step_rows import cells_from_table, table_from_cells


@pytest.mark.parametrize(
    ("minutes", "text"),
    [
        (6960, "14日4時間"),
        (480, "1日"),
        (90, "1時間30分"),
        (12.5, "12.5分"),
        (0, "0分"),
        (-480, "-1日"),
        (4_800_000, "10,000日"),
    ],
)
def test_minutes_are_written_in_days_of_eight_hours(minutes: float, text: str) -> None:
    assert duration_text(minutes) == text


@pytest.mark.parametrize(
    ("text", "minutes"), [("3日", 1440), ("2日 4時間", 1200), ("1.5時間", 90), ("30", 30), ("", 0), ("14日4時間", 6960)]
)
def test_a_wait_is_read_as_people_write_it(text: str, minutes: float) -> None:
    assert minutes_of(text) == minutes


@pytest.mark.parametrize("text", ["すぐ", "3か月", "-5", "1日と少し", "日"])
def test_what_is_no_duration_is_said_and_not_guessed(text: str) -> None:
    assert minutes_of(text) is None
    _, problems = table_from_cells([{"name": "待つ", "party": "住民", "wait": text}])
    assert "「30分」「2時間」「3日」" in problems[0].text


def test_a_written_wait_is_read_back_as_it_was() -> None:
    for minutes in (1, 59, 60, 479, 480, 481, 6960, 12.5):
        assert minutes_of(duration_text(minutes)) == minutes


def test_ways_are_fields_and_the_same_table_comes_back() -> None:
    ways = (Branch("対象", "90", "3"), Branch("対象外", "10", "終"))
    text = text_of_branches([*ways, Branch("", "", "")])
    assert branches_of(text) == ways
    cells = [{"name": name, "party": "窓口"} for name in ("受ける", "調べる", "決める")]
    table, problems = table_from_cells([{**cells[0], "next": text}, *cells[1:]])
    assert not problems
    assert branches_of(cells_from_table(table)[0]["next"]) == ways


def test_one_plain_way_needs_no_fields() -> None:
    assert branches_of("3") == ()
    assert branches_of("") == ()
