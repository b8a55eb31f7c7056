"""Every component and every entrance, in light, in the dark and in forced colours, on a phone and on a desk."""

from collections.abc import Callable, Iterator

import pytest
from django.test import override_settings
from playwright.sync_api import Browser, BrowserContext, Page
from pytest_django.live_server_helper import LiveServer

from tests import cast
from tests.cast.browser import PATIENCE, Accessible, Desk
from todoke.organization.models import Post

PAGES = ["/accounts/login/", "/accounts/signup/", "/accounts/password/reset/", "/no-such-page/"]
Lit = Callable[[int], Page]
LIGHTS: list[dict[str, str]] = [{}, {"color_scheme": "dark"}, {"forced_colors": "active"}]


@pytest.fixture(params=LIGHTS, ids=["light", "dark", "forced"])
def lit(request: pytest.FixtureRequest, browser: Browser, live_server: LiveServer) -> Iterator[Lit]:
    def page(width: int) -> Page:
        context = browser.new_context(
            base_url=live_server.url, locale="ja-JP", viewport={"width": width, "height": 900}, **request.param
        )
        context.set_default_timeout(PATIENCE)
        opened.append(context)
        return context.new_page()

    opened: list[BrowserContext] = []
    yield page
    for context in opened:
        context.close()


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("width", [375, 1280])
def test_entrances_can_be_used_by_everybody(lit: Lit, accessible: Accessible, width: int) -> None:
    page = lit(width)
    for address in PAGES:
        page.goto(address)
        accessible(page)


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("width", [375, 1280])
def test_every_component_can_be_used_by_everybody(lit: Lit, accessible: Accessible, width: int) -> None:
    cast.staff("設計 花子", "designer@example.lg.jp", Post.Role.DESIGNER)
    page = lit(width)
    with override_settings(ACCOUNT_EMAIL_VERIFICATION="optional"):
        page.goto("/accounts/login/?next=/studio/gallery/")
        page.fill("#id_login", "designer@example.lg.jp")
        page.fill("#id_password", "correct horse")
        page.press("#id_password", "Enter")
        page.wait_for_url("**/studio/gallery/")
    for summary in page.locator("summary").all():
        summary.click()
    accessible(page)


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("address", ["/office/procurements/", "/board/systems/"])
def test_on_a_phone_the_whole_menu_shows_with_where_one_is(desk: Desk, accessible: Accessible, address: str) -> None:
    page = desk(cast.headquarters())
    page.set_viewport_size({"width": 375, "height": 812})
    page.goto(address)
    for entry in page.locator(".rail a").all():
        place = entry.bounding_box()
        assert place
        assert place["x"] >= 0
        assert place["x"] + place["width"] <= 375
        assert place["height"] >= 44
    assert page.locator(".rail a[aria-current]").count() == 1
    accessible(page)
