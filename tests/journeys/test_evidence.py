"""From a section's question to the next meeting's agenda, and from a workbook to a shared chart without a script."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page
from pytest_django.live_server_helper import LiveServer

from tests import cast
from tests.cast import meetings, studies, tables
from tests.cast.browser import Accessible, press, sign_in, unfold
from tests.cast.plans import indicator, plan
from todoke.insights.models import Dashboard, Study
from todoke.meetings.models import Commitment, Meeting
from todoke.meetings.models.commitment import plan_next_meeting

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
TYPED = {
    "whose": "和光市民", "what": "カードの交付率", "by_when": "2021-04-01", "how_much": "ほかより2ポイント大きく",
    "intervention": "商業施設での出張申請", "intervention_on": "2021-02-01", "rival": "国のポイント事業の締切",
    "when_better": "ほかの施設にも広げる", "when_unclear": "もう一度測る", "treated": "和光市",
    "compared": "他の62市町村",
    "before_on": "2021-02-01", "after_on": "2021-04-01", "denominator_before": "2020-01-01",
    "denominator_after": "2020-01-01", "smallest": "2", "stop_rule": "届かなければ広げない",
}  # fmt: skip


def hand_in(page: Page, check: Accessible) -> Study:
    """A clerk writes the whole study and hands it in."""
    page.fill("#id_title", "出張申請で、カードの交付は増えたか。")
    press(page, "相談をはじめる", check)
    for name, text in TYPED.items():
        page.fill(f"#id_{name}", text)
    for name in ("owner", "measure", "indicator", "design"):
        page.select_option(f"#id_{name}", index=1)
    press(page, "下書きを保存する", check)
    press(page, "検証を申し込む", check)
    return Study.objects.get()


def calculate(page: Page, file: Path, check: Accessible) -> str:
    """The data team fixes the plan, opens the data and brings the result to a meeting."""
    press(page, "実施できる検証として引き受ける", check)
    press(page, "計画を確定する", check)
    page.set_input_files("#id_file", str(file))
    press(page, "データを開いて計算する", check)
    said = page.inner_text("main")
    page.select_option("#agenda_meeting", index=1)
    press(page, "結果を会議の議題に入れる", check)
    return said


def conclude(page: Page, check: Accessible) -> None:
    unfold(page, "結論を記録する")
    page.check("input[name=choice][value=again]")
    page.fill("#id_words", "次の二か月をもう一度測る")
    page.select_option("#id_meeting", index=1)
    page.fill("#id_task", "四月から五月の値を出す")
    page.select_option("#id_department", label="戸籍住民課")
    press(page, "結論を記録する", check)


def test_a_question_of_a_section_comes_back_on_the_next_agenda(
    desktop: Page, accessible: Accessible, tmp_path: Path
) -> None:
    clerk, by = cast.clerk(), meetings.secretary()
    indicator(plan(), numerator="交付枚数", denominator="人口", basis="2020年1月1日")
    meeting, file = meetings.meeting(by), tmp_path / "交付枚数.csv"
    file.write_bytes(studies.card_table())
    sign_in(desktop, clerk.email, "/board/studies/")
    accessible(desktop)
    study = hand_in(desktop, accessible)
    desktop.context.clear_cookies()
    sign_in(desktop, by.email, f"/board/studies/{study.number}/")
    said = calculate(desktop, file, accessible)
    assert all(words in said for words in ("効果があったとは言えません", "1.239", "63のうち7"))
    desktop.goto(f"/board/meetings/{meeting.code}/")
    assert f"検証 {study.number}" in desktop.inner_text("main")
    Meeting.objects.get(pk=meeting.pk).mark_held(by=by)
    desktop.goto(f"/board/studies/{study.number}/")
    conclude(desktop, accessible)
    following = plan_next_meeting(body=meeting.body, held_on=date(2026, 8, 4), by=by)
    desktop.goto(f"/board/meetings/{following.code}/")
    agenda = desktop.inner_text("main")
    assert Commitment.objects.get().number in agenda
    assert "四月から五月の値を出す" in agenda


@pytest.fixture
def plain(browser: Browser, live_server: LiveServer) -> Iterator[Page]:
    """A page of a browser without scripts, of 1280 pixels enlarged to 200 per cent."""
    context = browser.new_context(
        base_url=live_server.url, viewport={"width": 640, "height": 450}, device_scale_factor=2, locale="ja-JP",
        java_script_enabled=False,
    )  # fmt: skip
    yield context.new_page()
    context.close()


def tab_to(page: Page, selector: str) -> None:
    """Press the tabulator until an element has the focus."""
    for _ in range(120):
        if page.locator(f"{selector}:focus").count():
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"the keyboard does not reach {selector}")


def fits(page: Page) -> None:
    """Nothing but tables and pictures in their own regions is wider than the page."""
    wide = page.locator("html").evaluate("e => [e.scrollWidth, e.clientWidth]")
    assert wide[0] <= wide[1] + 1


def chosen(page: Page, name: str, label: str) -> None:
    """Go down the options with the arrow until one is chosen."""
    tab_to(page, f"#id_{name}")
    labels = page.locator(f"#id_{name} option").all_inner_texts()
    for _ in range(next(n for n, each in enumerate(labels) if each.startswith(label))):
        page.keyboard.press("ArrowDown")


def entered(page: Page, button: str) -> None:
    tab_to(page, f"main button:has-text('{button}')")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    fits(page)


def test_five_steps_from_a_workbook_to_a_shared_chart_by_keyboard_without_a_script(plain: Page, tmp_path: Path) -> None:
    clerk = cast.clerk()
    file = tmp_path / "待ち時間.xlsx"
    file.write_bytes(tables.visits())
    sign_in(plain, clerk.email, "/board/tables/reading/")
    plain.set_input_files("#id_file", str(file))
    for name, text in {"title": "窓口の待ち時間", "source": "発券機の記録"}.items():
        tab_to(plain, f"#id_{name}")
        plain.keyboard.type(text)
    plain.fill("#id_as_of", "2026-09-30")
    entered(plain, "取り込んで、見る")
    chosen(plain, "by", "来庁日")
    chosen(plain, "figure", "平均")
    chosen(plain, "of", "待ち時間")
    chosen(plain, "drawing", "折れ線")
    entered(plain, "この形で見る")
    assert "値のない時点が1" in plain.inner_text("main")
    for name in ("definition", "denominator"):
        tab_to(plain, f"#id_{name}")
        plain.keyboard.type(tables.WORDS[name])
    entered(plain, "この図に名前を付ける")
    assert "発券した人" in plain.inner_text("main")
    tab_to(plain, "#id_title")
    plain.keyboard.type("窓口の数字")
    entered(plain, "ダッシュボードに載せる")
    assert "受付から呼出しまでの分の平均" in plain.inner_text("main")
    assert Dashboard.objects.get().tiles.count() == 1
