"""山田さん: a resident who registers a dog on a phone, and looks after the application later, without an account."""

import pytest
from playwright.sync_api import Page, Route

from tests.cast.browser import DOG, OWNER, Accessible, fill, finish, onward
from tests.cast.cases import work_off
from tests.cast.formbuilder import PHOTO
from tests.cast.mailed_links import mailed_code
from tests.cast.portal import service
from todoke.accounts.actors import System
from todoke.cases.models import Case
from todoke.guidance import seed_data

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def begin(page: Page, check: Accessible) -> None:
    """From the first page to the first question."""
    seed_data.load(by=System())
    service("dog-registration")
    page.goto("/")
    check(page)
    page.fill("#q", "手続")
    page.get_by_role("button", name="さがす").click()
    check(page)
    page.get_by_role("link", name="手続 dog-registration").click()
    check(page)
    page.get_by_role("link", name="オンラインで申請する").click()
    check(page)
    page.get_by_role("button", name="登録せずに申請をはじめる").click()


def register(phone: Page, accessible: Accessible) -> str:
    """The whole way on a phone; returns the receipt number."""
    begin(phone, accessible)
    onward(phone, accessible)
    assert phone.get_by_role("heading", name="直していただきたいところがあります").is_visible()
    fill(phone, OWNER, place_same="yes")
    phone.wait_for_function("document.querySelector('[data-saved]').textContent.includes('保存しました')")
    onward(phone, accessible)
    fill(phone, DOG, dog_sex="male")
    onward(phone, accessible)
    fill(phone, {}, microchip="no", vaccinated="yes")
    phone.locator("input[type=file]").set_input_files({"name": "済証.png", "mimeType": "image/png", "buffer": PHOTO})
    phone.get_by_text("「済証.png」を取り消す").wait_for()
    fill(phone, {"vaccinated_on__year": "8", "vaccinated_on__month": "4", "vaccinated_on__day": "1"})
    onward(phone, accessible)
    return finish(phone, accessible)


def test_a_dog_is_registered_on_a_phone(phone: Page, accessible: Accessible) -> None:
    number = register(phone, accessible)
    assert Case.objects.get().number == number
    phone.get_by_role("link", name="申請の状況を見る").click()
    accessible(phone)
    assert phone.get_by_text("ごろまでに、結果をお知らせします").is_visible()


def test_the_same_way_without_scripts(phone_without_scripts: Page, accessible: Accessible) -> None:
    page = phone_without_scripts
    begin(page, lambda _: None)
    fill(page, OWNER, place_same="yes")
    onward(page, lambda _: None)
    page.get_by_role("button", name="前のページへ戻る").click()
    assert page.input_value("[name=owner_name__family]") == "髙橋"
    onward(page, lambda _: None)
    fill(page, DOG, dog_sex="male")
    onward(page, lambda _: None)
    fill(page, {}, microchip="no", vaccinated="no")
    onward(page, lambda _: None)
    if page.get_by_text("質問が増えました").count():
        onward(page, lambda _: None)
    assert finish(page, lambda _: None) == Case.objects.get().number


def test_a_guest_comes_back_with_number_and_code(phone: Page, desktop: Page, accessible: Accessible) -> None:
    number = register(phone, accessible)
    desktop.goto("/status/")
    accessible(desktop)
    desktop.fill("#id_number", number)
    desktop.get_by_role("button", name="確認番号をメールで受け取る").click()
    accessible(desktop)
    work_off()
    desktop.fill("#id_code", mailed_code())
    desktop.get_by_role("button", name="申請の状況を見る").click()
    accessible(desktop)
    desktop.get_by_role("link", name="この申請を取り下げる").click()
    accessible(desktop)
    desktop.get_by_role("button", name="申請を取り下げる").click()
    assert desktop.get_by_text("取り下げました", exact=True).is_visible()


def test_what_is_typed_while_an_answer_travels_is_kept(phone: Page) -> None:
    begin(phone, lambda _: None)
    fill(phone, OWNER)
    slow = phone.url

    def late(route: Route) -> None:
        if route.request.method == "GET":
            phone.fill("[name=owner_phone]", "090-9999-0000")
        route.continue_()

    phone.route(slow, late)
    fill(phone, {}, place_same="no")
    phone.locator("[name=dog_place__region]").wait_for()
    assert phone.input_value("[name=owner_phone]") == "090-9999-0000"


def test_going_back_over_a_page_with_mistakes_opens_it_again(phone: Page) -> None:
    begin(phone, lambda _: None)
    fill(phone, OWNER | {"owner_phone": "かな"}, place_same="yes")
    onward(phone, lambda _: None)
    phone.get_by_role("heading", name="直していただきたいところがあります").wait_for()
    fill(phone, {"owner_phone": OWNER["owner_phone"]})
    onward(phone, lambda _: None)
    phone.locator("[name=dog_name]").wait_for()
    phone.go_back()
    assert phone.input_value("[name=owner_name__family]") == "髙橋"
    phone.reload()
    assert phone.input_value("[name=owner_name__family]") == "髙橋"


def test_long_choices_with_furigana_stay_within_the_phone(phone: Page, accessible: Accessible) -> None:
    service("residence-certificate")
    phone.goto("/")
    phone.get_by_role("button", name="やさしい日本語").click()
    phone.goto("/procedures/P-000001/start/")
    phone.locator("main form button").first.click()
    phone.locator("[name=relation]").first.wait_for()
    accessible(phone)
    phone.locator("label", has=phone.locator("[name=relation][value=proxy]")).click()
    assert phone.locator("[name=relation][value=proxy]").is_checked()
