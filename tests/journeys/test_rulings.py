"""The keeper of the rules writes who decides what and what is kept how long; a second person publishes both."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests import cast
from tests.cast import approvals
from tests.cast.browser import Accessible, Desk, follow, go, press
from todoke.approvals.models import Route
from todoke.japanese.calendar import today
from todoke.organization.models import Post
from todoke.records.models import ClassificationTable

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
STOPS = [("1", "consult", "chief", "own"), ("2", "decide", "director", "above")]


def write_ruling(keeper: Page, check: Accessible) -> None:
    """The first decision class goes up to the director; half written at first, the page says what is missing."""
    go(keeper, "/office/", check)
    follow(keeper, keeper.get_by_role("link", name="決裁ルート"))
    check(keeper)
    follow(keeper, keeper.get_by_role("link", name="一般の専決規程"))
    press(keeper, "新しい版の案を作る", check)
    follow(keeper, keeper.get_by_role("link", name="区分1を直す"))
    check(keeper)
    keeper.fill("[name=above]", "2000000")
    press(keeper, "案に書く", check)
    assert keeper.get_by_text("より大きい額にしてください").first.is_visible()
    keeper.fill("[name=above]", "")
    for row, stop in enumerate(STOPS):
        for name, value in zip(("kind", "role", "place"), stop[1:], strict=True):
            keeper.select_option(f"[name=form-{row}-{name}]", value)
        keeper.fill(f"[name=form-{row}-position]", stop[0])
    press(keeper, "案に書く", check)


def try_out(keeper: Page, section: str, check: Accessible, folder: Path) -> None:
    """A matter of 900,000 yen would go to the chief and then to the director, who are named."""
    keeper.select_option("[name=department]", section)
    keeper.fill("[name=amount]", "900000")
    press(keeper, "試す", check)
    walk = keeper.locator("#trial tbody")
    assert "鈴木 課長" in walk.inner_text()
    assert "高橋 部長" in walk.inner_text()
    assert keeper.get_by_text("公開は、もう一人が行います").is_visible()
    keeper.screenshot(path=folder / "route-draft.png", full_page=True)


def publish(page: Page, address: str, day: date, basis: str, check: Accessible) -> None:
    go(page, address, check)
    page.fill("[name=starts_on]", str(day))
    page.fill("[name=basis]", basis)
    press(page, "公開する", check)


def write_table(keeper: Page, check: Accessible, folder: Path) -> None:
    """The keeper adds a line for building permits and sees until when one closed today would be kept."""
    go(keeper, "/office/classifications/", check)
    press(keeper, "新しい版の案を作る", check)
    follow(keeper, keeper.get_by_role("link", name="分類を加える"))
    check(keeper)
    keeper.fill("[name=code]", "KENCHIKU")
    keeper.fill("[name=name]", "建築の許可")
    keeper.select_option("[name=years]", "30")
    keeper.select_option("[name=start_rule]", "calendar")
    press(keeper, "案に書く", check)
    keeper.fill("[name=closed_on]", "2026-05-01")
    press(keeper, "試す", check)
    assert keeper.get_by_text("2056年12月31日").is_visible()
    keeper.set_viewport_size({"width": 375, "height": 812})
    check(keeper)
    keeper.screenshot(path=folder / "table-draft.png", full_page=True)


def keepers(desk: Desk) -> tuple[Page, Page]:
    """Whoever keeps the rules, and the headquarters as the second person."""
    keeper = cast.staff("林 文書", "rec@example.lg.jp", Post.Role.RECORDS, cast.department("総務課", "2001"))
    other = cast.staff("吉田 本部", "dx@example.lg.jp", Post.Role.HEADQUARTERS, cast.department("推進課", "1002"))
    return desk(keeper), desk(other)


def test_two_people_publish_a_ruling(desk: Desk, accessible: Accessible, tmp_path: Path) -> None:
    office, route = approvals.office(), approvals.route()
    keeper, second = keepers(desk)
    write_ruling(keeper, accessible)
    try_out(keeper, office.section.code, accessible, tmp_path)
    tomorrow = today() + timedelta(days=1)
    publish(second, "/office/routes/general/draft/", tomorrow, "改正 事務専決規程", accessible)
    second.screenshot(path=tmp_path / "route.png", full_page=True)
    assert Route.objects.get(pk=route.pk).version_on(tomorrow).number == 2


def test_two_people_publish_a_table_of_classifications(desk: Desk, accessible: Accessible, tmp_path: Path) -> None:
    keeper, second = keepers(desk)
    write_table(keeper, accessible, tmp_path)
    tomorrow = today() + timedelta(days=1)
    publish(second, "/office/classifications/draft/", tomorrow, "改正 文書管理規程", accessible)
    assert ClassificationTable.on(tomorrow).line_for("KENCHIKU").years == 30
