"""A builder sees on one page what is planned at an address, from which drawing, and whom to ask; nothing is kept."""

import pytest
from django.conf import settings
from django.test import Client

from tests import cast
from tests.cast.page_languages import JapaneseTexts
from tests.cast.places import addresses, drawn
from todoke.accounts.models import User
from todoke.places.models import MapLayerVersion

pytestmark = pytest.mark.django_db
WHERE = "静岡県焼津市本町二丁目16番32号"


@pytest.fixture(autouse=True)
def _drawings() -> None:
    section = cast.department("都市計画課", "7002")
    section.phone = "03-0000-0007"
    section.save()
    drawn("zones", section)
    drawn("roads", section)
    addresses()


def ask(client: Client, where: str) -> str:
    return client.post("/town-plan/", {"where": where}).content.decode()


def test_an_address_is_answered_with_source_day_and_section(client: Client) -> None:
    page = ask(client, WHERE)
    for words in (WHERE, "商業地域", "どちらか", "焼津市オープンデータ", "PDL1.0", "2025年2月14日", "2024年4月5日",
                  "都市計画課", "03-0000-0007", "証明ではありません", "別の場所を調べる"):  # fmt: skip
        assert words in page, words


def test_a_point_beside_a_road_is_told_the_metres_and_that_the_stage_is_not_known(client: Client) -> None:
    page = ask(client, "34.8640, 138.3155")
    assert "計画" in page
    assert "線の番号を伝えて" in page
    assert "およそ" in page


@pytest.mark.parametrize(
    ("where", "words"),
    [
        ("静岡市葵区追手町5-1", "この町名は見つかりません"),
        ("本町", "丁目や番地まで"),
        ("石脇99999", "まだ登録されていません"),
        ("西島538", "一つに決められません"),
        ("", "入力してください"),
    ],
)
def test_an_unknown_address_says_what_to_write_and_keeps_what_was_typed(client: Client, where: str, words: str) -> None:
    answer = client.post("/town-plan/", {"where": where})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert words in page or (where == "" and "error" in page)
    assert f'value="{where}"' in page or not where
    assert "03-0000-0007" in page


def test_outside_the_drawing_the_answer_says_so(client: Client) -> None:
    page = ask(client, "35.6895, 139.6917")
    assert "用途地域は描かれていません" in page
    assert "50m以内に、計画されている道路は描かれていません。" in page


def test_without_drawings_people_are_named(client: Client) -> None:
    MapLayerVersion.objects.update(plane_system=None)
    page = client.get("/town-plan/").content.decode()
    assert "図面はまだ用意できていません" in page
    assert "03-0000-0007" in page


def test_asking_writes_nothing_and_a_machine_that_asks_without_end_is_stopped(client: Client) -> None:
    users = User.objects.count()
    for _ in range(30):
        assert client.post("/town-plan/", {"where": WHERE}).status_code == 200
    assert client.post("/town-plan/", {"where": WHERE}).status_code == 429
    assert User.objects.count() == users


@pytest.mark.parametrize("path", ["", WHERE, "34.8640, 138.3155", "35.6895, 139.6917", "西島538", "nowhere"])
def test_the_pages_speak_english(client: Client, path: str) -> None:
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    page = ask(client, path) if path else client.get("/town-plan/").content.decode()
    declared = [settings.MUNICIPALITY, "やさしい日本語", "日本語", "(届け)", "都市計画課", WHERE, "西島538",
                "静岡県焼津市", "焼津市オープンデータ(見本)", "本町"]  # fmt: skip
    assert JapaneseTexts(page, declared).texts == []
