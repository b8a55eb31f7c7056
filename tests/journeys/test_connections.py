"""Another system is connected, told what moves, stopped and taken up again; a clerk takes the answers as a table."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect
from pytest_django import Settings

from tests.cast import exported_answers
from tests.cast.browser import Accessible, Desk, follow, look, press, unfold
from tests.cast.cases import case, counter, work_off
from tests.cast.exported_answers import applied, club
from tests.cast.integrations import administrators
from todoke.cases.models import AnswerExport
from todoke.integrations.models import ApiKey, WebhookDelivery, WebhookEndpoint
from todoke.integrations.webhook_attempts import collect_events, deliver_due
from todoke.japanese.calendar import today

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def gone(url: str, body: bytes, headers: object) -> int:
    """A partner's receiver that wants nothing more."""
    return 410


def register(page: Page, check: Accessible) -> None:
    """Register a partner for the section, with everything that it may do."""
    page.goto("/office/partners/")
    look(page, "partners-none", check)
    follow(page, page.get_by_role("link", name="連携先を登録する"))
    look(page, "registration", check)
    press(page, "登録する", check)
    look(page, "registration-refused", check)
    for name, text in {
        "name": "住民情報システム", "code": "residents", "purpose": "審査の状態を合わせる",
        "contact": "例 株式会社 03-0000-0000", "review_on": (today() + timedelta(days=180)).isoformat(),
    }.items():  # fmt: skip
        page.fill(f"[name={name}]", text)
    page.select_option("[name=department]", label="戸籍住民課")
    for scope in page.locator("[name=scopes]").all():
        scope.check()
    press(page, "登録する", check)
    look(page, "registered", check)


def agree(chief: Page, second: Page, check: Accessible) -> None:
    """The chief consents, and the second administrator approves."""
    chief.goto("/office/partners/residents/")
    look(chief, "consent", check)
    press(chief, "同意する", check)
    second.goto("/office/partners/residents/")
    press(second, "承認する", check)
    look(second, "approved", check)


def open_the_ways(page: Page, check: Accessible) -> None:
    """Issue a key, and say where the partner is told what moves; both secrets are shown once."""
    press(page, "鍵を出す", check)
    look(page, "key", check)
    assert ApiKey.objects.named_by(page.locator("code").inner_text()).get().is_live
    follow(page, page.get_by_role("link", name="連携先へ戻る"))
    unfold(page, "渡し方を決める")
    page.fill("[name=url]", "https://partner.example.jp/news")
    press(page, "この渡し方にする", check)
    look(page, "secret", check)
    follow(page, page.get_by_role("link", name="連携先へ戻る"))
    look(page, "told", check)


def find_stopped(page: Page, name: str, check: Accessible) -> None:
    """From the work of today to the partner to which nothing is sent any more."""
    page.goto("/office/")
    follow(page, page.get_by_role("link", name="止まった連携先への知らせ").first)
    look(page, f"list-{name}", check)
    follow(page, page.get_by_role("link", name="住民情報システム"))
    look(page, name, check)
    expect(page.get_by_text("知らせを止めています")).to_be_visible()


def choose_files(page: Page, check: Accessible) -> None:
    unfold(page, "渡し方を変える")
    page.check("[name=way][value=file]")
    press(page, "この渡し方にする", check)


def test_a_system_is_connected_told_stopped_and_taken_up_again(
    desk: Desk, accessible: Accessible, settings: Settings, tmp_path: Path
) -> None:
    at, (first, second) = counter(), administrators()
    register(desk(first), accessible)
    chief, page = desk(at.chief), desk(second)
    agree(chief, page, accessible)
    open_the_ways(page, accessible)
    case(at)
    collect_events()
    deliver_due(send=gone)
    find_stopped(chief, "stopped-chief", accessible)
    find_stopped(page, "stopped", accessible)
    choose_files(page, accessible)
    look(page, "files-refused", accessible)
    expect(page.get_by_text("置き場が、まだ決まっていません").first).to_be_visible()
    expect(page.get_by_role("heading", name="住民情報システム")).to_be_visible()
    settings.WEBHOOK_FILES = str(tmp_path)
    page.goto("/office/partners/residents/")
    choose_files(page, accessible)
    follow(page, page.get_by_role("link", name="連携先へ戻る"))
    press(page, "もう一度送る", accessible)
    look(page, "files", accessible)
    assert deliver_due(timezone.now() + timedelta(minutes=1)) == 1
    assert WebhookEndpoint.objects.get().by_file
    assert WebhookDelivery.objects.get().delivered_at


def test_the_description_of_the_api_is_read_without_signing_in(desktop: Page, accessible: Accessible) -> None:
    counter()
    desktop.goto("/api/")
    look(desktop, "description", accessible)
    expect(desktop.get_by_role("heading", name="申請を渡す")).to_be_visible()


def test_a_clerk_takes_the_answers_as_a_table(desk: Desk, accessible: Accessible) -> None:
    at = club(version=1)
    for family in ("山田", "田中"):
        applied(at, name__family=family)
    exported_answers.newer(at)
    applied(at, yen="1,234")
    page = desk(at.clerk)
    page.goto("/office/answers/")
    look(page, "answer-forms", accessible)
    page.goto("/office/answers/club/")
    look(page, "answers", accessible)
    page.goto("/office/answers/club/counts/")
    look(page, "answer-counts", accessible)
    page.goto("/office/answers/club/?view=all")
    unfold(page, "この条件の申請を書き出す")
    look(page, "export-asked", accessible)
    press(page, "ファイルを作る", accessible)
    look(page, "exported", accessible)
    follow(page, page.get_by_role("link", name="ファイルを取り出す"))
    look(page, "export-reason", accessible)
    assert AnswerExport.objects.get().total == 3
    page.goto("/office/answer-exports/")
    look(page, "exports", accessible)


def test_a_clerk_has_more_applications_counted_than_a_page_counts(
    desk: Desk, accessible: Accessible, monkeypatch: pytest.MonkeyPatch
) -> None:
    at = club(version=1)
    for plan in ["day"] * 6 + ["all"] * 6:
        applied(at, plan=plan)
    monkeypatch.setattr("todoke.office.answers.views.answers.MOST_COUNTED", 5)
    page = desk(at.clerk)
    page.goto("/office/answers/club/counts/?view=all&channel=web")
    look(page, "counts-bounded", accessible)
    press(page, "すべての申請を数える(Excel)", accessible)
    look(page, "count-waiting", accessible)
    work_off()
    follow(page, page.get_by_role("link", name="最新の状態を見る"))
    look(page, "counted", accessible)
    expect(page.get_by_role("link", name="ファイルを取り出す")).to_be_visible()
    page.goto("/office/answers/club/counts/?view=all&channel=web")
    press(page, "すべての申請を数える(CSV)", accessible)
    press(page, "やめる", accessible)
    look(page, "count-stopped", accessible)
    expect(page.get_by_text("途中でやめました")).to_be_visible()
