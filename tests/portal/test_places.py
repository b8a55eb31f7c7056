"""Everybody sees whether a place is open today, and reads a closure as soon as it was decided."""

import pytest
from django.conf import settings
from django.test import Client

from tests import cast
from tests.cast.page_languages import JapaneseTexts
from todoke.japanese.calendar import today
from todoke.places.models import Place, PlaceClosure

pytestmark = pytest.mark.django_db
RULES = "【開館時間】9:00～21:30"


def hall(number: int = 1, rules: str = RULES) -> Place:
    return Place.objects.create(
        code=f"h{number}", name=f"第{number}会館", hours_text=rules, department=cast.department(), source="試し",
        phone="03-0000-0009",
    )  # fmt: skip


def test_a_place_is_open_until_its_section_closes_it_and_again_after_that_was_withdrawn(client: Client) -> None:
    hall()
    assert "開いています" in client.get("/places/").content.decode()
    client.force_login(cast.clerk())
    day = today().isoformat()
    client.post("/office/places/h1/closure/", {"starts_on": day, "ends_on": day, "reason": "台風のため"})
    for page in ("/places/", "/places/h1/"):
        assert "臨時に休みます" in client.get(page).content.decode()
        assert "台風のため" in client.get(page).content.decode()
    assert "台風のため" in client.get("/office/places/h1/").content.decode()
    client.post(f"/office/places/closures/{PlaceClosure.objects.get().pk}/withdrawal/")
    assert "臨時に休みます" not in client.get("/places/").content.decode()


def test_a_form_with_a_day_that_is_none_stands_again_with_its_sentence(client: Client) -> None:
    hall()
    client.force_login(cast.clerk())
    answer = client.post("/office/places/h1/closure/", {"starts_on": "x", "ends_on": "", "reason": "点検"})
    assert answer.status_code == 422
    assert 'value="点検"' in answer.content.decode()


def test_a_stranger_finds_no_such_place(client: Client) -> None:
    hall()
    client.force_login(cast.staff("他 課", "other@example.lg.jp", section=cast.department("道路課", "3010")))
    assert client.get("/office/places/h1/").status_code == 404
    assert client.post("/office/places/h1/closure/", {}).status_code == 404


def test_a_place_is_found_by_its_name_and_an_unknown_one_leads_back(client: Client) -> None:
    hall(1), hall(2)
    page = client.get("/places/", {"q": "第2"}).content.decode()
    assert "第2会館" in page
    assert "第1会館" not in page
    assert "すべての施設を見る" in client.get("/places/", {"q": "宇宙"}).content.decode()
    assert client.get("/places/nowhere/").status_code == 404


def test_the_list_takes_the_same_queries_for_one_place_and_for_fifty(
    client: Client, django_assert_max_num_queries: object
) -> None:
    client.get("/")
    for number in range(50):
        hall(number)
    with django_assert_max_num_queries(3):  # type: ignore[operator] # a fixture without types
        client.get("/places/")


@pytest.mark.parametrize("page", ["/places/", "/places/h1/", "/places/h2/", "/places/?q=xyzzy"])
def test_the_pages_speak_english(client: Client, page: str) -> None:
    hall(1), hall(2, "不定期")
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    declared = [
        settings.MUNICIPALITY,
        "やさしい日本語",
        "日本語",
        "(届け)",
        "第1会館",
        "第2会館",
        RULES,
        "不定期",
        "試し",
    ]
    assert JapaneseTexts(client.get(page).content.decode(), declared).texts == []
