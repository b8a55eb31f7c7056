"""はじめの30分: the tutorial is followed to its end; what is pressed and typed here stands there word for word."""

import re
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Page, expect
from pytest_django import Settings

from tests.cast.browser import Desk
from tests.cast.cases import work_off
from todoke.accounts.models import User
from todoke.demo import offers, people
from todoke.organization.models import Department
from todoke.procedures.models import Procedure

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
TUTORIAL = (Path(__file__).resolve().parents[2] / "docs/tutorials/first-half-hour.md").read_text().replace("\n   ", "")
FORM, SERVICE = "犬の死亡届(みらい区)", "犬の死亡又は登録事項変更の届出"
OWNER = {"family": "髙橋", "given": "花子", "family_kana": "タカハシ", "given_kana": "ハナコ"}
PLACE = {"postal": "1000001", "region": "東京都みらい区中央", "street": "1-2-3"}
TERMS = {
    "標準処理期間": "3", "受け取り方": "この画面で受け取る", "通知書の標題": "犬の死亡届 受理通知書",
    "教示": "この決定に不服があるときは、審査請求をすることができます。",
}  # fmt: skip


@pytest.fixture
def _ward(settings: Settings) -> None:
    """The people of the demo, its ruling, and the one procedure that the tutorial takes."""
    settings.DEMO, settings.NOTICE_CHANNEL = True, "mailbox"
    people.build()
    offers.route()
    section = Department.objects.get(name="生活衛生課")
    Procedure.objects.create(number="P-001941", serial=1941, title=SERVICE, department=section)


def press(page: Page, name: str, role: Literal["button", "link"] = "button") -> None:
    """Press what the tutorial names in 「」, and wait for the page behind it."""
    assert f"「{name}」" in TUTORIAL
    with page.expect_navigation():
        page.get_by_role(role, name=name, exact=True).first.click()


def write(page: Page, label: str, text: str) -> None:
    assert f"`{text}`" in TUTORIAL
    page.get_by_label(label).first.fill(text)


def mend(page: Page, question: str) -> None:
    assert f"「{question}」の「直す」" in TUTORIAL
    page.get_by_role("link", name=f"直す (設問 {question})").click()


def add(page: Page, label: str, kind: str = "短い文章") -> None:
    write(page, "加える設問の文", label)
    page.get_by_label("答えの種類").last.select_option(label=kind)
    press(page, "設問を加える")


def make_the_form(page: Page) -> None:
    page.goto("/studio/")
    press(page, "様式を作る", "link")
    write(page, "名称", FORM)
    page.get_by_label("はじめの内容").select_option(label="犬の死亡届")
    press(page, "様式案を作る")
    mend(page, "飼い主の氏名")
    page.get_by_label("代替表記も聞く").check()
    press(page, "保存する")
    press(page, "2. 犬について", "link")
    mend(page, "犬の種類")
    write(page, "説明", "分からないときは「雑種」と書いてください。")
    press(page, "保存する")
    add(page, "マイクロチップの番号")
    page.get_by_label("表示の条件:設問").select_option(label="犬について / マイクロチップの登録をしていますか: はい")
    press(page, "保存する")
    add(page, "鑑札を受け取った日", "日付(和暦・西暦)")
    page.get_by_label("必須の度合い").select_option(label="職員が記入")
    press(page, "保存する")


def publish(designer: Page, second: Page) -> None:
    press(designer, "点検して公開する", "link")
    expect(designer.get_by_text("点検を通りました", exact=True)).to_be_visible()
    press(designer, "確認を頼む")
    second.goto("/studio/")
    expect(second.get_by_text("あなたの確認を待っている様式")).to_be_visible()
    press(second, FORM, "link")
    press(second, "確かめた。公開してよい")
    designer.reload()
    press(designer, "新しい版を公開する")


def open_the_service(page: Page, second: Page) -> None:
    page.goto("/office/procedures/P-001941/")
    press(page, "この手続をオンラインにする", "link")
    press(page, "用意する")
    press(page, "受付の条件を決める", "link")
    page.get_by_label("様式の版").select_option(label=f"{FORM} 第1版")
    page.get_by_label("決裁ルート").select_option(label="申請に対する処分")
    for label, text in TERMS.items():
        write(page, label, text)
    page.get_by_label("犬の名前").check()
    press(page, "案を保存して見本を見る")
    press(page, "確認を頼む")
    second.goto("/studio/")
    press(second, SERVICE, "link")
    press(second, "確かめて公開する")
    expect(second.get_by_text("第1版を公開しました。住民のページから申請できます。")).to_be_visible()


def apply(page: Page) -> str:
    """The resident on a phone; returns the receipt number."""
    page.goto("/procedures/P-001941/")
    press(page, "オンラインで申請する", "link")
    press(page, "登録せずに申請をはじめる")
    for name, text in {**{f"name__{k}": v for k, v in OWNER.items()}, "phone": "090-1234-5678"}.items():
        page.fill(f"[name=applicant_{name}]", text)
    for name, text in {**{f"address__{k}": v for k, v in PLACE.items()}, "email": "hanako@example.jp"}.items():
        page.fill(f"[name=applicant_{name}]", text)
    page.get_by_role("button", name="次へ進む").last.click()
    for name, text in {"dog_name": "ポチ", "dog_breed": "雑種", "died_on__year": "8", "died_on__month": "4"}.items():
        page.fill(f"[name={name}]", text)
    page.fill("[name=died_on__day]", "1")
    page.check("[name=tag_left][value=yes]")
    page.check("[name=microchip][value=yes]")
    page.get_by_label("マイクロチップの番号").fill("392140000000001")
    assert page.get_by_text("鑑札を受け取った日").count() == 0
    page.get_by_role("button", name="次へ進む").last.click()
    page.get_by_label("同意します").check()
    page.get_by_role("button", name="次へ進む").last.click()
    press(page, "この内容で申請する")
    return page.locator(".receipt-number").inner_text()


def follow_up(page: Page, number: str) -> None:
    press(page, "申請の確認", "link")
    page.get_by_label("受付番号").fill(number)
    press(page, "確認番号をメールで受け取る")
    work_off()
    press(page, "デモの受信箱", "link")
    code = re.search(r"確認番号は (\d{6})", page.locator("main").inner_text())
    assert code
    page.go_back()
    page.get_by_label("確認番号").fill(code[1])
    page.get_by_role("button", name="申請の状況を見る").click()


def decide(clerk: Page, chief: Page, number: str) -> None:
    clerk.goto("/office/")
    clerk.get_by_role("link", name=number).click()
    press(clerk, "審査を始める")
    press(clerk, "職員の記入欄に書く", "link")
    for name, text in {"year": "8", "month": "4", "day": "3"}.items():
        clerk.locator(f"[name$=__{name}]").fill(text)
    press(clerk, "保存する")
    press(clerk, "起案する", "link")
    clerk.get_by_label("認容する", exact=True).check()
    press(clerk, "起案する")
    chief.goto("/office/")
    press(chief, "決裁", "link")
    chief.get_by_role("link", name="K").first.click()
    press(chief, "承認する")


@pytest.mark.usefixtures("_ward")
def test_a_newcomer_follows_the_tutorial_to_its_end(desk: Desk, phone: Page) -> None:
    sitting = {
        who: desk(User.objects.get(email=f"{who}@demo.example"))
        for who in ("designer", "designer2", "hygiene", "hygiene-chief")
    }
    make_the_form(sitting["designer"])
    publish(sitting["designer"], sitting["designer2"])
    open_the_service(sitting["designer"], sitting["designer2"])
    number = apply(phone)
    follow_up(phone, number)
    decide(sitting["hygiene"], sitting["hygiene-chief"], number)
    work_off()
    phone.reload()
    expect(phone.get_by_text("通知書を受け取れます")).to_be_visible()
    press(sitting["hygiene"], "決裁", "link")
    press(sitting["hygiene"], "公文書を見る", "link")
    expect(sitting["hygiene"].get_by_text(number)).to_be_visible()
