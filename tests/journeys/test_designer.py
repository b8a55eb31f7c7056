"""A designer builds 住民異動届 without code: questions, household rows, documents by scenario, publication."""

from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.cast import staff
from tests.cast.browser import Accessible
from todoke.accounts.actors import System
from todoke.accounts.models import User
from todoke.formbuilder.document.form_templates import create_draft
from todoke.formbuilder.models import FormDraft
from todoke.formbuilder.publication import form_package
from todoke.organization.models import Post

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def sign_in(page: Page, address: str, name: str = "設計 太郎") -> None:
    """Open the studio as somebody who has signed in already."""
    client = Client()
    known = User.objects.filter(name=name).first()
    client.force_login(known or staff(name, f"d{User.objects.count()}@example.lg.jp", Post.Role.DESIGNER))
    cookie = settings.SESSION_COOKIE_NAME
    page.context.add_cookies([{"name": cookie, "value": client.cookies[cookie].value, "url": address}])
    page.goto("/studio/")


def add(page: Page, what: str, label: str, kind: str = "") -> None:
    """Add a question to the last group, or a page after this one."""
    button = {"question": "設問を加える", "page": "ページを加える"}[what]
    form = page.locator("form", has=page.get_by_role("button", name=button)).last
    form.locator("input[name=label]").fill(label)
    if kind:
        form.locator("select[name=kind]").select_option(kind)
    form.get_by_role("button", name=button).click()


def save(page: Page) -> None:
    page.get_by_role("button", name="保存する").click()
    expect(page.get_by_text("保存しました。", exact=True)).to_be_visible()


def build_scenarios(page: Page) -> None:
    add(page, "question", "届出の種類", "choice")
    page.fill("#id_options", "転入\n転出\n転居")
    page.locator("#id_label").fill("どの届出ですか")
    expect(page.locator("#preview")).to_contain_text("どの届出ですか")
    expect(page.locator("#preview")).to_contain_text("転居")
    save(page)
    add(page, "page", "家族")
    page.fill("#id_title", "異動する人")
    save(page)
    add(page, "question", "異動する人の氏名", "name")
    save(page)


def build_household(page: Page) -> None:
    page.locator("section.card").get_by_role("link", name="直す").first.click()
    page.fill("#id_noun", "異動する人")
    page.fill("#id_most", "12")
    save(page)
    add(page, "question", "生年月日", "date")
    save(page)
    add(page, "page", "書類")
    save(page)
    add(page, "question", "転出証明書", "file")
    page.select_option("#id_when_question_0", label="申請する人について / どの届出ですか: 転入")
    save(page)
    expect(page.locator("ol.outline")).to_contain_text("「どの届出ですか」が「転入」であるとき表示します。")


def confirm(page: Page, accessible: Accessible, address: str) -> None:
    """The designer asks for a second pair of eyes; another designer finds the form at the entrance and confirms it."""
    here = page.url
    page.get_by_role("button", name="確認を頼む").click()
    expect(page.get_by_text("確認を待っています")).to_be_visible()
    sign_in(page, address, "確認 次郎")
    accessible(page)
    page.get_by_role("link", name="住民異動届").first.click()
    accessible(page)
    page.get_by_role("button", name="確かめた。公開してよい").click()
    expect(page.get_by_text("設計", exact=False).first).to_be_visible()
    sign_in(page, address)
    page.goto(here)


def test_a_service_is_built_tried_published_and_shared_without_code(
    desktop: Page, accessible: Accessible, tmp_path: Path, live_server: LiveServer
) -> None:
    page = desktop
    sign_in(page, live_server.url)
    page.goto("/studio/forms/library/")
    accessible(page)
    page.fill("#id_title", "住民異動届")
    page.get_by_text("アドレスに使う名前を自分で決める").click()
    page.locator("#id_code").first.fill("moving")
    page.get_by_role("button", name="様式案を作る", exact=True).click()
    build_scenarios(page)
    build_household(page)
    accessible(page)
    page.get_by_role("link", name="点検して公開する").click()
    expect(page.get_by_text("点検を通りました", exact=True)).to_be_visible()
    accessible(page)
    confirm(page, accessible, live_server.url)
    page.get_by_role("button", name="新しい版を公開する").click()
    expect(page.get_by_text("第1版として公開しました")).to_be_visible()
    page.get_by_role("link", name="編集へ戻る").click()
    with page.expect_download() as download:
        page.get_by_role("link", name="書き出す").click()
    shared = tmp_path / "moving.json"
    download.value.save_as(shared)
    page.goto("/studio/forms/library/")
    page.set_input_files("#file_file", shared)
    page.locator("form", has=page.locator("#file_file")).locator("input[name=code]").fill("moving-copy")
    page.get_by_role("button", name="取り込む", exact=True).click()
    expect(page.get_by_text("様式案として取り込みました")).to_be_visible()
    copy = FormDraft.objects.get(code="moving-copy")
    copy.code = "moving"
    assert form_package.export_package(copy) == shared.read_text()


def test_every_page_of_the_studio_is_accessible_on_phone_and_desktop(
    desktop: Page, accessible: Accessible, live_server: LiveServer
) -> None:
    create_draft("child-allowance", by=System())
    sign_in(desktop, live_server.url)
    here = "/studio/forms/child-allowance/"
    for address in ("/studio/forms/", f"{here}pages/children/?part=child_address", f"{here}whole/", f"{here}trial/"):
        desktop.goto(address)
        accessible(desktop)
        desktop.set_viewport_size({"width": 375, "height": 812})
        accessible(desktop)
        desktop.set_viewport_size({"width": 1280, "height": 900})
    for address in (f"{here}paper/", f"{here}trial/claimant/?check=1", f"{here}publication/"):
        desktop.goto(address)
        accessible(desktop)
