"""A designer who has never drawn a flow: writes 犬の登録, improves it, compares, tries and prints it."""

import pytest
from playwright.sync_api import Page

from tests.cast import staff
from tests.cast.browser import Accessible
from tests.cast.cases import work_off
from todoke.flows.models import Flow
from todoke.organization.models import Post

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

STEPS = (("申請書を書く", "住民", "10"), ("申請書を確かめる", "窓口", "5"))


def sign_in(page: Page) -> None:
    staff("設計 花子", "designer@example.lg.jp", Post.Role.DESIGNER)
    page.goto("/accounts/login/?next=/studio/flows/")
    page.fill("#id_login", "designer@example.lg.jp")
    page.fill("#id_password", "correct horse")
    page.locator("main button[type=submit]").first.click()
    page.wait_for_url("**/studio/flows/")


def write(page: Page, accessible: Accessible) -> None:
    """Begin with nothing, see the drawing grow, and save row by row."""
    page.get_by_role("link", name="業務フローを書く").click()
    accessible(page)
    page.locator("form", has_text="ひな形").get_by_label("名称").fill("犬の登録")
    page.get_by_role("button", name="表を作る").click()
    for place, (name, party, minutes) in enumerate(STEPS):
        page.fill(f"[name=name_{place}]", name)
        page.fill(f"[name=party_{place}]", party)
        page.fill(f"[name=usual_{place}]", minutes)
    page.locator("#preview").get_by_text("作業 申請書を確かめる").first.wait_for(state="attached")
    assert Flow.objects.get().table.rows == (), "what is only drawn is not yet saved"
    page.get_by_role("button", name="保存する").last.click()
    for place, name in enumerate(("控えに公印を押す", "月報に書く", "鑑札を渡す"), len(STEPS)):
        page.fill(f"[name=name_{place}]", name)
        page.fill(f"[name=party_{place}]", "窓口")
        page.get_by_role("button", name="保存する").last.click()


def test_a_flow_grows_is_improved_compared_and_printed(desktop: Page, accessible: Accessible) -> None:
    page = desktop
    sign_in(page)
    accessible(page)
    write(page, accessible)
    accessible(page)
    page.get_by_role("button", name="見直し案を作る").click()
    page.get_by_role("button", name="消す(3行目)").click()
    page.get_by_role("button", name="消す(3行目)").click()
    page.get_by_role("link", name="現状と見直し案").click()
    accessible(page)
    assert page.get_by_text("× 廃止").count() == 2
    page.get_by_role("link", name="試算", exact=True).click()
    page.get_by_label("1年の件数").fill("200")
    page.get_by_role("button", name="試算する").click()
    page.wait_for_url("**/calculations/**")
    work_off()
    page.goto(page.url)
    page.get_by_role("heading", name="現状と比べて").wait_for()
    accessible(page)
    page.get_by_role("link", name="印刷").click()
    accessible(page)
    assert len(page.pdf(prefer_css_page_size=True)) > 1000


def test_the_table_works_without_scripts(phone_without_scripts: Page) -> None:
    page = phone_without_scripts
    sign_in(page)
    page.get_by_role("link", name="業務フローを書く").click()
    page.locator("form", has_text="ひな形").get_by_label("名称").fill("犬の登録")
    page.get_by_role("button", name="表を作る").click()
    page.fill("[name=name_0]", "申請書を書く")
    page.fill("[name=party_0]", "住民")
    page.get_by_role("button", name="保存する").last.click()
    assert page.locator("#preview svg").count() == 1
