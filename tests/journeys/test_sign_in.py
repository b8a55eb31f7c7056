"""A resident with a card and one without reach the same end; a clerk signs on by the city's provider, until it ends."""

import json
import os
import threading
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from playwright.sync_api import Page, expect
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from tests import cast
from tests.cast import levels, providers
from tests.cast.browser import Accessible, Desk, follow, press
from tests.cast.cases import FILLED, Counter
from tests.cast.providers import Simulator, running_simulator
from tests.cast.second_factors import shown_by_the_app
from todoke.cases.models import Case
from todoke.demo.city_services import NAMES, CityService, service_server
from todoke.federation.models import RelyingParty
from todoke.organization.models import Post
from todoke.runtime.client_address import parse_networks

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PICTURES = os.environ.get("TODOKE_PICTURES", "")


@pytest.fixture
def provider(settings: Settings, live_server: LiveServer) -> Iterator[Simulator]:
    """The simulator beside the server of the story; it tells the server when a sign-in is over."""
    settings.PROVIDER_NETWORKS = parse_networks("127.0.0.1")
    settings.PUBLIC_URL = live_server.url
    with running_simulator(lambda house: f"{live_server.url}/sign-in/logout/{house}/") as running:
        yield running


def look(page: Page, name: str, check: Accessible) -> None:
    """Check a page, and keep a picture of it where somebody wants to see them."""
    check(page)
    if PICTURES:
        page.screenshot(path=Path(PICTURES) / f"sign-in-{name}.png", full_page=True)


def fill_in_and_send(page: Page, check: Accessible) -> str:
    """Answer, check, send; return what the last page says above the number."""
    for name, text in FILLED.items():
        if name != "welfare":
            page.fill(f"[name={name}]", text)
    page.check("[name=welfare][value=no]")
    page.get_by_role("button", name="次へ進む").last.click()
    press(page, "この内容で申請する", check)
    expect(page.locator(".receipt-number")).to_be_visible()
    return page.get_by_role("heading", level=1).inner_text()


def start_of(at: Counter) -> str:
    return f"/procedures/{at.release.offer.procedure.number}/start/"


def with_card(page: Page, provider: Simulator, at: Counter, check: Accessible) -> str:
    page.goto(start_of(at))
    look(page, "start", check)
    page.get_by_role("button", name="「カード認証(練習用)」で確かめる").click()
    page.get_by_role("button", name="佐藤 花子").click()
    page.wait_for_url("**/applications/**")
    check(page)
    return fill_in_and_send(page, check)


def test_a_card_and_none_lead_to_the_same_end(
    phone: Page, desk: Desk, provider: Simulator, accessible: Accessible
) -> None:
    provider.register("card")
    at = levels.asking("card")
    said = with_card(phone, provider, at, accessible)
    look(phone, "receipt-with-card", accessible)
    taro, secret = cast.resident("鈴木 太郎", "taro@example.jp"), generate_totp_secret()
    TOTP.activate(taro, secret)
    page = desk(taro)
    page.goto(start_of(at))
    press(page, "申請をはじめる", accessible)
    look(page, "ways-without-card", accessible)
    expect(page.get_by_text("カードを使わない方法")).to_be_visible()
    expect(page.get_by_text("どの方法でも、期限と手数料は同じです。")).to_be_visible()
    levels.identified(taro, at.clerk)
    follow(page, page.get_by_role("link", name="認証アプリかパスキーを使う"))
    page.fill("[name=code]", shown_by_the_app(secret))
    follow(page, page.locator("form button[type=submit]").first)
    page.goto(start_of(at))
    press(page, "申請をはじめる", accessible)
    assert fill_in_and_send(page, accessible) == said
    assert Case.objects.filter(status="received").count() == 2


def test_the_pages_of_signing_in_are_the_same_for_everybody(
    phone: Page, desktop: Page, provider: Simulator, accessible: Accessible
) -> None:
    for house in ("card", "business", "staff"):
        provider.register(house)
    for page, name in ((phone, "phone"), (desktop, "desk")):
        page.goto("/accounts/login/")
        page.get_by_role("link", name="ほかの方法でログインする").click()
        look(page, f"ways-{name}", accessible)
        page.get_by_role("button", name="「カード認証(練習用)」で確かめる").click()
        page.get_by_role("button", name="髙﨑 一郎").click()
        page.wait_for_url("**/sign-in/waiting/")
        look(page, f"waiting-{name}", accessible)
        page.goto("/sign-in/")
        page.get_by_role("button", name="「カード認証(練習用)」で確かめる").click()
        page.get_by_role("button", name="やめて戻る").click()
        page.wait_for_url("**/sign-in/return/**")
        expect(page.locator("h1")).to_be_visible()
        look(page, f"refused-{name}", accessible)


def sign_on(page: Page) -> None:
    page.goto("/sign-in/?next=/office/")
    page.get_by_role("button", name="「職員認証(練習用)」で確かめる").click()
    page.get_by_role("button", name="職員 一人目").click()


def test_a_clerk_signs_on_by_the_city_and_is_out_when_the_group_goes(
    desktop: Page, desk: Desk, provider: Simulator, accessible: Accessible
) -> None:
    admin = cast.staff("認証 管理", "idp-admin@example.jp", Post.Role.ADMINISTRATOR, cast.department("情報課", "9001"))
    clerk, house = cast.clerk(), provider.register("staff", by=admin)
    sign_on(desktop)
    desktop.wait_for_url("**/sign-in/arrival/")
    look(desktop, "arrival", accessible)
    page = desk(admin)
    page.goto("/office/providers/")
    look(page, "providers", accessible)
    page.get_by_role("link", name=house.name).click()
    look(page, "provider", accessible)
    page.locator("[name=email]").fill(clerk.email)
    press(page, "この職員につなぐ", accessible)
    page.fill("[name=value]", "受付担当")
    page.select_option("[name=post]", label=str(Post.objects.get(tenures__user=clerk)))
    press(page, "対応を登録する", accessible)
    look(page, "mapped", accessible)
    sign_on(desktop)
    desktop.wait_for_url("**/office/")
    accessible(desktop)
    body = json.dumps({"person": "clerk", "groups": []}).encode()
    with urllib.request.urlopen(f"{provider.houses['staff'].issuer}/groups", data=body) as answer:
        assert json.load(answer) == {"answers": [200]}
    desktop.goto("/office/inbox/")
    desktop.wait_for_url("**/accounts/login/**")
    expect(desktop.get_by_text("認証元でログインが終わったため")).to_be_visible()
    sign_on(desktop)
    desktop.wait_for_url("**/sign-in/return/**")
    look(desktop, "group-gone", accessible)
    expect(desktop.get_by_role("heading", name="本人確認ができませんでした")).to_be_visible()


@pytest.fixture
def services(live_server: LiveServer, settings: Settings, tmp_path: Path) -> Iterator[list[str]]:
    """The three practice services beside the server of the story, each a program of its own; their addresses."""
    settings.PUBLIC_URL, settings.VAR = live_server.url, tmp_path
    first, second = (
        providers.administrator(),
        cast.staff("認証 二人目", "second@example.lg.jp", Post.Role.ADMINISTRATOR),
    )
    running = []
    for name in NAMES.values():
        server = service_server(0, service := CityService(name, live_server.url, "", "", ""))
        service.return_address = f"http://127.0.0.1:{server.server_address[1]}/return"
        party, service.secret = RelyingParty.register(
            name=name, department=cast.department(), return_address=service.return_address, scopes="openid", by=first
        )
        party.approve(by=second)
        service.client_id = str(party.client_id)
        threading.Thread(target=server.serve_forever, args=[0.05], daemon=True).start()
        running.append(server)
    yield [f"http://127.0.0.1:{server.server_address[1]}/" for server in running]
    for server in running:
        server.shutdown()
        server.server_close()


def test_one_sign_in_opens_three_services(desk: Desk, services: list[str], accessible: Accessible) -> None:
    page, known = desk(cast.resident()), list[str]()
    for address in services:
        page.goto(address)
        page.get_by_role("link", name="区のログインを使う").click()
        look(page, f"consent-{len(known)}", accessible)
        page.get_by_role("button", name="同意してつなぐ").click()
        known.append(page.locator("#subject").inner_text())
    assert len(set(known)) == 3
    page.goto(f"{services[0]}sign-in")
    assert page.locator("#subject").inner_text() == known[0]
    page.goto("/me/services/")
    look(page, "services", accessible)
    press(page, "「図書館(練習用)」とのつながりを切る", accessible)
    page.goto(f"{services[0]}sign-in")
    expect(page.get_by_role("button", name="同意してつなぐ")).to_be_visible()
