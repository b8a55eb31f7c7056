"""A builder checks a plan, a neighbour looks how full a shelter is: a phone without JavaScript, three languages."""

from datetime import date

import pytest
from django.conf import settings
from django.core.cache import cache
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from tests import cast
from tests.cast.browser import Accessible, Desk, follow, go
from tests.cast.places import addresses, drawn
from todoke.places.models import OccupancyPoint, Place, PlaceClosure

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
WHERE = "焼津市本町二丁目16番32号"


def town() -> None:
    """Drawings and addresses of a real town, a shelter with a report, and a hall."""
    cache.delete("portal-crowding")
    section = cast.department("都市計画課", "7002")
    section.phone = "03-0000-0007"
    section.save()
    drawn("zones", section), drawn("roads", section), addresses()
    place = Place.objects.create(code="s1", name="第一小学校", source="試し")
    point = OccupancyPoint.objects.create(place=place, department=cast.department(), kind="shelter", capacity=100)
    clerk = cast.clerk()
    point.open(by=clerk)
    point.report("some", by=clerk)
    Place.objects.create(
        code="h1", name="文化会館", hours_text="【開館時間】9:00～21:30", department=cast.department(), source="試し"
    )


def test_a_builder_reads_both_zones_and_then_one_without_scripts(phone_without_scripts: Page) -> None:
    town()
    page = phone_without_scripts
    page.goto("/")
    page.get_by_role("link", name="都市計画を調べる").click()
    page.fill("[name=where]", WHERE)
    follow(page, page.get_by_role("button", name="調べる", exact=True))
    assert page.get_by_text("どちらかです").is_visible()
    assert page.get_by_text("証明ではありません。").is_visible()
    assert page.locator("body").evaluate("body => body.scrollWidth") <= 375
    page.get_by_role("link", name="別の場所を調べる").click()
    page.fill("[name=where]", "34.8669, 138.3232")
    follow(page, page.get_by_role("button", name="調べる", exact=True))
    assert page.get_by_text("用途地域は商業地域です。").is_visible()


def test_a_neighbour_reads_how_full_the_shelter_is_without_scripts(phone_without_scripts: Page) -> None:
    town()
    page = phone_without_scripts
    page.goto("/")
    page.get_by_role("link", name="混雑のようす").click()
    assert page.get_by_text("やや混雑しています").is_visible()
    assert page.locator("body").evaluate("body => body.scrollWidth") <= 375


@pytest.mark.parametrize("language", ["ja", "ja-easy", "en"])
def test_the_pages_are_accessible_in_every_language(
    phone: Page, live_server: LiveServer, accessible: Accessible, language: str
) -> None:
    town()
    cookie = {"name": settings.LANGUAGE_COOKIE_NAME, "value": language, "url": live_server.url}
    phone.context.add_cookies([cookie])  # type: ignore[list-item]
    for path in ("/crowding/", "/places/", "/places/h1/", "/places/?q=none", "/town-plan/"):
        go(phone, path, accessible)
    for where in (WHERE, "34.8640, 138.3155", "35.6895, 139.6917"):
        phone.goto("/town-plan/")
        phone.fill("[name=where]", where)
        follow(phone, phone.locator("main form button"))
        accessible(phone)
    phone.goto("/town-plan/")
    phone.fill("[name=where]", "nowhere")
    follow(phone, phone.locator("main form button"))
    accessible(phone)
    assert phone.locator("[name=where]").input_value() == "nowhere"


def test_a_section_closes_its_hall_and_looks_at_its_posts(desk: Desk, accessible: Accessible) -> None:
    town()
    clerk = cast.staff("会館 係", "hall@example.lg.jp")
    PlaceClosure.declare(Place.objects.get(code="h1"), date(2098, 4, 1), date(2098, 4, 2), "点検", by=clerk)
    page = desk(clerk)
    for path in ("/office/places/", "/office/places/h1/", "/office/line/", "/office/crowding/"):
        go(page, path, accessible)
    go(page, "/office/places/h1/", accessible)
    assert page.get_by_text("2098年4月1日(火)から2098年4月2日(水)まで: 点検").is_visible()
