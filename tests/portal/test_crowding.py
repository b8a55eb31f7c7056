"""Everybody sees how full a shelter is, how old that is, and never "free" where nobody knows."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from tests import cast
from tests.cast.page_languages import JapaneseTexts
from todoke.places.models import OccupancyPoint, OccupancyReport, Place

pytestmark = pytest.mark.django_db


@pytest.fixture
def point() -> OccupancyPoint:
    cache.delete("portal-crowding")
    place = Place.objects.create(code="s1", name="第一小学校", source="試し")
    section = cast.department()
    section.phone = "03-0000-0000"
    section.save()
    return OccupancyPoint.objects.create(place=place, department=section, kind="shelter", capacity=100)


def page(client: Client) -> str:
    cache.delete("portal-crowding")
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
    cache.delete("portal-crowding")
    client.get("/")
    with django_assert_max_num_queries(2):  # type: ignore[operator] # a fixture without types
        first = client.get("/crowding/").content
    assert len(first) < 45_000
    with django_assert_max_num_queries(1):  # type: ignore[operator] # a fixture without types
        client.get("/crowding/")
    assert "調べた時刻" in first.decode()


def test_a_clerk_reports_with_one_press_and_a_stranger_cannot(client: Client, point: OccupancyPoint) -> None:
    client.force_login(cast.clerk())
    client.post(f"/office/crowding/{point.pk}/opening/")
    client.post(f"/office/crowding/{point.pk}/report/", {"level": "full"})
    assert OccupancyReport.objects.get().level == "full"
    client.post(f"/office/crowding/{point.pk}/closure/")
    assert "開設していません" in page(client)
    client.force_login(cast.staff("他 課", "other@example.lg.jp", section=cast.department("道路課", "3010")))
    assert client.post(f"/office/crowding/{point.pk}/opening/").status_code == 404
