"""At the counter nobody writes: the clerk types, the resident signs on the screen."""

import re

import pytest
from playwright.sync_api import expect

from tests import cast
from tests.cast.browser import Accessible, Desk
from tests.cast.portal import service
from todoke.cases import intake
from todoke.formbuilder.models import Upload

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_resident_signs_on_the_screen_of_the_counter(desk: Desk, accessible: Accessible) -> None:
    clerk = cast.clerk()
    draft = intake.begin(service("residence-certificate"), by=clerk, channel="counter")
    page = desk(clerk)
    page.goto(f"/office/counter/drafts/{draft.submission.token}/pages/identity/")
    pad = page.get_by_role("img", name="署名を書くところ")
    expect(pad).to_be_visible()
    accessible(page)
    box = pad.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 40, box["y"] + 60)
    page.mouse.down()
    page.mouse.move(box["x"] + 200, box["y"] + 120, steps=5)
    page.mouse.up()
    page.get_by_role("button", name="この署名を使う").click()
    expect(page.locator("#id_signature")).to_have_value(re.compile("署名"))
    page.get_by_role("button", name="保存して次へ").click()
    page.get_by_role("link", name="前のページ").click()
    expect(page.get_by_text("署名.png").first).to_be_visible()
    signed = Upload.objects.get(question="signature")
    assert signed.media_type == "image/png"
    assert signed.size > 500
