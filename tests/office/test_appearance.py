"""The administrator decides on a page how the city looks; what is refused stays typed."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.cast import signed_in
from tests.cast.appearance import PNG
from tests.cast.personnel import administrator
from todoke.installation.models import Appearance

pytestmark = pytest.mark.django_db


def test_a_city_is_published_and_the_page_shows_what_holds() -> None:
    page = signed_in(administrator())
    given = {"name": "みなと台市", "accent": "#00695C", "link_privacy": "www.city.example.lg.jp/privacy/"}
    done = page.post("/office/appearance/", given | {"logo": SimpleUploadedFile("logo.png", PNG)}, follow=True)
    assert "公開しました" in done.content.decode()
    assert "https://www.city.example.lg.jp/privacy/" in done.content.decode()
    assert (Appearance.objects.get().accent, Appearance.objects.get().logo_type) == ("#00695c", "image/png")


def test_a_refused_colour_says_which_to_take_and_keeps_the_rest() -> None:
    page = signed_in(administrator())
    shown = page.post("/office/appearance/", {"name": "みなと台市", "accent": "#ffcc00"}).content.decode()
    assert "近い色では" in shown
    assert 'value="みなと台市"' in shown
    assert not Appearance.objects.exists()
