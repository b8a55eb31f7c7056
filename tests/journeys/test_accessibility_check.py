"""The check of every page finds what keeps people out."""

import pytest
from playwright.sync_api import Page

from tests.cast.browser import Accessible

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SOUND = "<title>t</title><main><h1>h</h1>{}</main>"


def test_a_picture_without_words_and_a_page_that_is_too_wide_are_found(phone: Page, accessible: Accessible) -> None:
    phone.goto("/")
    page = "html => { document.documentElement.lang = 'ja'; document.body.innerHTML = html; }"
    phone.evaluate(page, SOUND.format("<p>読める</p>"))
    accessible(phone)
    phone.evaluate(page, SOUND.format('<img src="data:,">'))
    with pytest.raises(AssertionError, match=r'image-alt: .* — <img src="data:,">'):
        accessible(phone)
    phone.evaluate(page, SOUND.format("<div>読める</div>"))
    phone.evaluate("document.querySelector('div').style.width = '400px'")
    with pytest.raises(AssertionError, match="scrolls sideways by"):
        accessible(phone)
