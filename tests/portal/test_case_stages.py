"""An applicant sees where the application stands, what is behind, and what happens next."""

from datetime import UTC, date, datetime

import pytest

from todoke.cases.models import Case
from todoke.portal.case_stages import ProgressStage, StatusChange, plain_status, stages

RECEIVED, REVIEWED, DECIDING, DECIDED = (datetime(2026, 11, day, tzinfo=UTC) for day in (2, 4, 9, 12))
EVENTS = [StatusChange("review", REVIEWED), StatusChange("deciding", DECIDING)]
DUE = "2026年11月30日(月)ごろまでに、結果をお知らせします。"


def case(status: str, **more: object) -> Case:
    return Case(status=status, received_at=RECEIVED, **more)


def states(found: list[ProgressStage]) -> list[str]:
    return [stage.state for stage in found]


def test_what_was_received_waits_for_its_check() -> None:
    found = stages(case("received"), [])
    assert [stage.title for stage in found] == ["受け付けました", "内容の確認", "決定の手続", "結果のお知らせ"]
    assert states(found) == ["current", "todo", "todo", "todo"]
    assert [stage.at for stage in found] == [RECEIVED, None, None, None]
    assert [stage.words for stage in found] == ["担当が内容を確かめ始めるまで、お待ちください。", "", "", ""]


@pytest.mark.parametrize(
    ("status", "words"),
    [
        ("received", "担当が内容を確かめ始めるまで、お待ちください。"),
        ("review", "担当が内容を確かめています。"),
        ("deciding", "内容の確認が終わり、決定の手続をしています。"),
    ],
)
def test_whoever_waits_hears_until_when(status: str, words: str) -> None:
    [current] = [stage for stage in stages(case(status, due_on=date(2026, 11, 30)), EVENTS) if stage.state == "current"]
    assert current.words == words + DUE


def test_days_stand_only_at_stages_that_were_reached() -> None:
    found = stages(case("review"), EVENTS)
    assert [stage.at for stage in found] == [RECEIVED, REVIEWED, None, None]
    assert states(found) == ["done", "current", "todo", "todo"]
    assert states(stages(case("deciding"), EVENTS)) == ["done", "done", "current", "todo"]


def test_a_correction_says_what_to_do_and_that_the_review_rests() -> None:
    current = stages(case("correction", due_on=date(2026, 11, 30)), EVENTS)[1]
    assert current == ProgressStage(
        "直していただくところがあります",
        REVIEWED,
        "current",
        "「申請を直す」から、直してください。それまで審査は止まっています。",
    )


@pytest.mark.parametrize(
    ("status", "title"),
    [
        ("granted", "申請のとおり決まりました"),
        ("partly", "申請の一部が認められました"),
        ("refused", "申請は認められませんでした"),
    ],
)
def test_a_decision_is_named_with_its_day(status: str, title: str) -> None:
    found = stages(case(status, decided_at=DECIDED), EVENTS)
    assert found[-1] == ProgressStage(title, DECIDED, "current", "手続は終わりました。")
    assert states(found) == ["done", "done", "done", "current"]
    assert [stage.at for stage in found] == [RECEIVED, REVIEWED, DECIDING, DECIDED]


def test_a_decision_without_a_deadline_to_come_says_only_that_it_is_over() -> None:
    assert stages(case("granted", due_on=date(2026, 11, 30)), [])[-1].words == "手続は終わりました。"


def test_what_was_withdrawn_ends_there() -> None:
    gone = datetime(2026, 11, 5, tzinfo=UTC)
    assert stages(case("withdrawn"), [*EVENTS, StatusChange("withdrawn", gone)]) == [
        ProgressStage("受け付けました", RECEIVED, "done"),
        ProgressStage("取り下げました", gone, "current", "この申請は終わりました。"),
    ]


@pytest.mark.parametrize(
    ("status", "title"),
    [("received", "受け付けました"), ("correction", "直していただくところがあります"), ("withdrawn", "取り下げました")],
)
def test_a_list_says_the_same_words_as_the_page(status: str, title: str) -> None:
    assert plain_status(case(status)) == title
