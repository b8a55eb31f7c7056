"""Everybody sees how full a shelter is, how old that is, and never "free" where nobody knows."""

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.conf import settings
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from tests import cast
from tests.cast.page_languages import JapaneseTexts
from todoke.places.models import OccupancyPoint, OccupancyReport, Place

TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="\w{64}"')
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_kept_rows() -> Iterator[None]:
    """No other test gets the rows that a page has kept."""
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def point() -> OccupancyPoint:
    place = Place.objects.create(code="s1", name="第一小学校", source="試し")
    section = cast.department()
    section.phone = "03-0000-0000"
    section.save()
    return OccupancyPoint.objects.create(place=place, department=section, kind="shelter", capacity=100)


def page(client: Client) -> str:
    cache.clear()
    return client.get("/crowding/").content.decode()


def test_the_level_its_time_and_then_its_age_are_told(client: Client, point: OccupancyPoint) -> None:
    clerk = cast.clerk()
    assert "開設していません" in page(client)
    point.open(by=clerk)
    assert "いまの状況は分かりません" in page(client)
    assert "03-0000-0000" in page(client)
    OccupancyPoint.objects.update(opened_at=timezone.now() - timedelta(hours=9))
    OccupancyReport.objects.create(
        point=point, level="crowded", at=timezone.now() - timedelta(minutes=70), source="staff", by=clerk
    )
    assert "<s>混雑しています</s>" in page(client)
    assert "(70分前)" in page(client)
    point.refresh_from_db()
    point.report("free", by=clerk)
    assert "<strong>空いています</strong>" in page(client)


def test_the_page_speaks_english(client: Client, point: OccupancyPoint) -> None:
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    assert "Not open" in page(client)
    assert (
        JapaneseTexts(page(client), ["第一小学校", settings.MUNICIPALITY, "やさしい日本語", "日本語", "(届け)"]).texts
        == []
    )


def test_the_page_is_small_takes_one_query_and_shows_the_time_of_its_rows(
    client: Client, point: OccupancyPoint, django_assert_max_num_queries: object
) -> None:
    for number in range(2, 57):
        place = Place.objects.create(code=f"s{number}", name=f"第{number}小学校", address="中央一丁目", source="試し")
        OccupancyPoint.objects.create(place=place, department=cast.department(), kind="shelter")
    cache.clear()
    client.get("/")
    with django_assert_max_num_queries(2):  # type: ignore[operator] # a fixture without types
        first = client.get("/crowding/").content
    assert len(first) < 45_000
    assert "調べた時刻" in first.decode()


def test_everybody_reads_each_border_of_age_to_the_second(
    client: Client, point: OccupancyPoint, monkeypatch: pytest.MonkeyPatch
) -> None:
    at = timezone.now()
    OccupancyPoint.objects.update(opened_at=at - timedelta(hours=9))
    OccupancyReport.objects.create(point=point, level="crowded", at=at, source="staff", by=cast.clerk())
    seen = []
    for seconds in (1, 3599, 3600, 3601, 3659, 3660, 3661, 7199, 7200, 10799, 10800, 10801):
        now = at + timedelta(seconds=seconds)
        monkeypatch.setattr("django.utils.timezone.now", lambda now=now: now)
        text = client.get("/crowding/").content.decode()
        fresh, unknown = "<strong>混雑しています</strong>" in text, "いまの状況は分かりません" in text
        minutes = re.search(r"情報\((\d+)分前\)", text)
        seen.append("fresh" if fresh else "unknown" if unknown else minutes[1] if minutes else "nothing")
    assert seen == ["fresh"] * 3 + ["60"] * 2 + ["61"] * 2 + ["119", "120", "179", "180", "unknown"]


def test_views_between_two_borders_read_and_make_the_page_once(
    client: Client, point: OccupancyPoint, monkeypatch: pytest.MonkeyPatch, django_assert_num_queries: object
) -> None:
    cache.clear()
    now = timezone.now()
    monkeypatch.setattr("django.utils.timezone.now", lambda: now)
    first = client.get("/crowding/").content.decode()
    with django_assert_num_queries(0):  # type: ignore[operator] # a fixture without types
        others = {Client().get("/crowding/").content.decode() for _ in range(20)}
    assert {TOKEN.sub("", other) for other in others} == {TOKEN.sub("", first)}
    now += timedelta(seconds=10)
    assert client.get("/crowding/").content.decode() != first


def test_a_clerk_reports_with_one_press_and_a_stranger_cannot(client: Client, point: OccupancyPoint) -> None:
    client.force_login(cast.clerk())
    client.post(f"/office/crowding/{point.pk}/opening/")
    client.post(f"/office/crowding/{point.pk}/report/", {"level": "full"})
    assert OccupancyReport.objects.get().level == "full"
    client.post(f"/office/crowding/{point.pk}/closure/")
    assert "開設していません" in page(client)
    client.force_login(cast.staff("他 課", "other@example.lg.jp", section=cast.department("道路課", "3010")))
    assert client.post(f"/office/crowding/{point.pk}/opening/").status_code == 404
