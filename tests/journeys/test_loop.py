"""The loop in one story: import, publish, apply on a phone, correct, approve, letter, and the rates move by it."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests import cast
from tests.cast.browser import DOG, OWNER, Accessible, Desk, fill, finish, follow, go, onward, press
from tests.cast.cases import work_off
from tests.cast.procedures import table
from todoke.cases.models import Case
from todoke.demo.offers import APPEAL, route
from todoke.insights import rates
from todoke.organization.models import Post
from todoke.procedures.models import Procedure

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
TERMS = {
    "standard_days": "5", "delivery": "郵送または窓口", "minutes": "10", "fee_0_label": "犬の登録手数料",
    "fee_0_amount": "3000", "fee_0_revenue_new": "13-02-01", "letter_title": "犬の登録 通知書", "letter_appeal": APPEAL,
}  # fmt: skip


def bring_in(page: Page, check: Accessible, tmp_path: Path) -> str:
    """Headquarters imports the inventory from a file; returns the procedure's number."""
    file = tmp_path / "手続一覧.csv"
    rows = [{"手続ID": "48899", "手続名": "犬の登録"}, {"手続ID": "48900", "手続名": "犬の死亡の届出"}]
    file.write_text(table(*rows))
    go(page, "/office/imports/", check)
    page.set_input_files("input[type=file]", file)
    press(page, "試しに読む", check)
    work_off()
    page.reload()
    press(page, "取り込む", check)
    work_off()
    procedure = Procedure.objects.get(national_id="48899")
    Procedure.objects.filter(pk=procedure.pk).update(department=cast.department("生活衛生課", "6002"))
    return str(procedure.number)


def publish(page: Page, second: Page, check: Accessible, number: str) -> None:
    """The designer takes the form from the library, a second person confirms it, and the service is opened."""
    go(page, "/studio/forms/library/", check)
    page.fill("[name=title]", "犬の登録申請")
    page.select_option("#id_start", "dog-registration")
    page.get_by_text("アドレスに使う名前を自分で決める").click()
    page.fill("#id_code >> nth=0", "dog-registration")
    press(page, "様式案を作る", check)
    go(page, "/studio/forms/dog-registration/publication/", check)
    press(page, "確認を頼む", check)
    go(second, "/studio/forms/dog-registration/publication/", check)
    press(second, "確かめた。公開してよい", check)
    go(page, "/studio/forms/dog-registration/publication/", check)
    page.fill("#note", "最初の公開")
    follow(page, page.locator("form[action$='/publication/version/'] button"))
    go(page, "/studio/offers/addition/", check)
    page.fill("#q", number)
    press(page, "さがす", check)
    page.check(f"[name=number][value={number}]")
    page.fill("#id_code", "dog-registration")
    press(page, "用意する", check)
    follow(page, page.get_by_role("link", name="受付の条件を決める"))
    check(page)
    page.select_option("#id_form_version", index=1)
    page.select_option("#id_route", index=1)
    for name, text in TERMS.items():
        page.fill(f"#id_{name}", text)
    press(page, "案を保存して見本を見る", check)
    press(page, "確認を頼む", check)
    go(second, page.url, check)
    press(second, "確かめて公開する", check)


def apply(phone: Page, check: Accessible, number: str) -> str:
    """A guest applies on a phone; returns the receipt number."""
    go(phone, f"/procedures/{number}/", check)
    phone.get_by_role("link", name="オンラインで申請する").click()
    check(phone)
    phone.get_by_role("button", name="登録せずに申請をはじめる").click()
    fill(phone, OWNER, place_same="yes")
    onward(phone, check)
    fill(phone, DOG, dog_sex="male")
    onward(phone, check)
    fill(phone, {}, microchip="no", vaccinated="no")
    onward(phone, check)
    if phone.get_by_text("質問が増えました").count():
        onward(phone, check)
    return finish(phone, check)


def correct(clerk: Page, phone: Page, check: Accessible, number: str) -> None:
    """The clerk asks for one answer; the resident puts right that answer and no other."""
    go(clerk, f"/office/cases/{number}/", check)
    press(clerk, "審査を始める", check)
    go(clerk, f"/office/cases/{number}/correction/", check)
    line = clerk.locator("details", has_text="犬の名前").first
    line.locator("summary").click()
    line.locator("select").select_option("mistake")
    line.locator("textarea").fill("犬の名前の書き方を確かめてください。")
    press(clerk, "補正を求める", check)
    go(phone, f"/cases/{number}/correction/", check)
    assert phone.locator("[name=owner_phone]").count() == 0
    phone.fill("[name=dog_name]", "ぽち")
    follow(phone, phone.locator("main form button").last)
    check(phone)


def decide(clerk: Page, chief: Page, check: Accessible, number: str) -> None:
    """The clerk takes the fee and drafts, the chief approves, the worker prints the letter."""
    go(clerk, f"/office/cases/{number}/", check)
    clerk.get_by_text("手数料を窓口で受け取る").click()
    clerk.fill("#pay-reference", "till-1")
    press(clerk, "受け取ったと記録する", check)
    go(clerk, f"/office/cases/{number}/proposal/", check)
    fill(clerk, {}, outcome="granted")
    press(clerk, "起案する", check)
    go(chief, "/office/proposals/", check)
    follow(chief, chief.locator("tbody th a").first)
    check(chief)
    follow(chief, chief.locator("form[action$='/approval/'] button"))
    check(chief)
    work_off()


def read_letter(phone: Page, check: Accessible, number: str) -> bytes:
    """The resident finds the letter on the status page and takes it along."""
    go(phone, f"/cases/{number}/", check)
    with phone.expect_download() as download:
        phone.locator("a[href*='/letters/']").first.click()
    return Path(download.value.path()).read_bytes()


def test_a_procedure_goes_from_the_list_to_a_letter_and_into_the_rates(
    phone: Page, desk: Desk, accessible: Accessible, tmp_path: Path
) -> None:
    section = cast.department("生活衛生課", "6002")
    clerk, chief = cast.clerk(section), cast.chief(section)
    designer = desk(cast.staff("加藤 結衣", "designer@example.lg.jp", Post.Role.DESIGNER))
    second = desk(cast.staff("森 一郎", "designer2@example.lg.jp", Post.Role.DESIGNER))
    headquarters = desk(
        cast.staff("吉田 翔", "dx@example.lg.jp", Post.Role.HEADQUARTERS, cast.department("DX推進課", "9"))
    )
    route()

    number = bring_in(headquarters, accessible, tmp_path)
    before = {rate.definition.key: (rate.numerator, rate.denominator) for rate in rates.rates()}
    publish(designer, second, accessible, number)
    receipt = apply(phone, accessible, number)
    assert re.fullmatch(r"\d{4}-\d{6}-\w", receipt)
    correct(clerk_page := desk(clerk), phone, accessible, receipt)
    decide(clerk_page, desk(chief), accessible, receipt)

    assert Case.objects.get(number=receipt).status == Case.Status.GRANTED
    assert read_letter(phone, accessible, receipt).startswith(b"%PDF-")
    after = {rate.definition.key: (rate.numerator, rate.denominator) for rate in rates.rates()}
    assert before["procedures"] == (0, 2)
    assert after["procedures"] == after["possible"] == (1, 2)
    assert after["volume"] == (before["volume"][0] + 1, before["volume"][1] + 1)
    assert after["phone"] == (1, 1)
    go(headquarters, "/board/rates/", accessible)
    go(headquarters, "/board/rates/volume/", accessible)
    assert headquarters.get_by_text("犬の登録").first.is_visible()
