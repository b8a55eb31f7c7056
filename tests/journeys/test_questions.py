"""A resident asks on a phone without JavaScript, in three languages; a clerk records the call by keyboard alone."""

import pytest
from django.conf import settings
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from tests import cast
from tests.cast.browser import Accessible, Desk, follow, go, press
from tests.cast.guidance import published, topic, writer
from tests.cast.procedures import procedure
from todoke.guidance.models import Contact, ContentGap

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def answers() -> None:
    by, other = writer(), cast.clerk()
    published(
        "犬を飼い始めたら?",
        "登録します。\n窓口でもできます。\n鑑札を受け取ります。",
        "子犬をもらった",
        by=by,
        checked_by=other,
    )
    published("犬が死んだら?", "届け出てください。", by=by, checked_by=other)


def test_a_resident_asks_without_scripts_and_is_led_to_people(phone_without_scripts: Page) -> None:
    """axe needs scripts; the same pages are checked by it in the stories below."""
    answers()
    page = phone_without_scripts
    page.goto("/")
    page.get_by_role("link", name="手続の名前がわからないときは、質問する").click()
    page.fill("[name=words]", "子犬をもらいました")
    press(page, "答えをさがす", lambda _: None)
    first = page.locator("li.card").first
    assert first.get_by_role("heading").inner_text() == "犬を飼い始めたら?"
    assert first.get_by_text("窓口でもできます。").is_visible()
    first.locator("summary").click()
    assert first.get_by_text("鑑札を受け取ります。").is_visible()
    press(page, "この中にない", lambda _: None)
    assert page.get_by_text("担当の部署に伝えました").is_visible()
    assert ContentGap.objects.get().title == "子犬をもらいました"


@pytest.mark.parametrize("language", ["ja", "ja-easy", "en"])
def test_a_resident_asks_and_reaches_the_procedure_without_scripts(
    phone_without_scripts: Page, live_server: LiveServer, language: str
) -> None:
    dog = procedure("犬の登録の申請・登録・鑑札の交付", actor="5", department=cast.department())
    published("犬を飼い始めたら?", "登録します。", by=writer(), checked_by=cast.clerk(), procedure=dog)
    page = phone_without_scripts
    cookie = {"name": settings.LANGUAGE_COOKIE_NAME, "value": language, "url": live_server.url}
    page.context.add_cookies([cookie])  # type: ignore[list-item]
    page.goto("/questions/")
    page.fill("[name=words]", "犬を飼いました")
    follow(page, page.locator("main form button"))
    first = page.locator("li.card").first
    first.locator(f"a[href$='/procedures/{dog.number}/']").click()
    assert f"/procedures/{dog.number}/" in page.url
    assert page.locator("body").evaluate("body => body.scrollWidth") <= 375


@pytest.mark.parametrize("language", ["en", "ja-easy"])
def test_the_story_is_told_in_other_languages_too(
    phone: Page, live_server: LiveServer, accessible: Accessible, language: str
) -> None:
    answers()
    cookie = {"name": settings.LANGUAGE_COOKIE_NAME, "value": language, "url": live_server.url}
    phone.context.add_cookies([cookie])  # type: ignore[list-item]
    go(phone, "/questions/", accessible)
    phone.fill("[name=words]", "犬")
    for act in ("answer", "miss"):
        follow(phone, phone.locator(f"form[action$='/{act}/'] button"))
        accessible(phone)
    assert "/contact/" in phone.url


def test_a_clerk_records_a_call_by_keyboard_alone(desk: Desk, accessible: Accessible) -> None:
    for name, kana in (
        ("犬の登録", "いぬのとうろく"),
        ("転入の届", "てんにゅうのとどけ"),
        ("印鑑の証明", "いんかんのしょうめい"),
    ):
        topic(name, kana)
    page = desk(cast.clerk())
    go(page, "/office/contacts/new/", accessible)
    begin = page.evaluate("performance.timeOrigin + performance.now()")
    keys = ["ArrowDown", "ArrowDown", "Tab", "Tab", "ArrowUp", "ArrowUp", "Tab", "Enter"]
    for key in keys:
        page.keyboard.press(key)
    page.get_by_text("記録しました").wait_for()
    end = page.evaluate("performance.timeOrigin + performance.now()")
    print(f"a contact by keyboard: {len(keys)} keys, {(end - begin) / 1000:.1f} s")
    kept = Contact.objects.get()
    assert (kept.outcome, kept.thread.first_time) == ("resolved", "yes")
    assert kept.thread.topic.name in {"犬の登録", "転入の届", "印鑑の証明"}
    accessible(page)
    go(page, "/office/contacts/", accessible)


def test_a_section_writes_checks_and_reads_its_answers(desk: Desk, accessible: Accessible) -> None:
    answers()
    gap = ContentGap.report("公園のドローン", department=cast.department(), by=cast.chief())
    assert gap is not None
    page = desk(cast.staff("検 査", "check@example.lg.jp"))
    for path in ("/office/faqs/", "/office/faqs/addition/", "/office/gaps/", f"/office/gaps/{gap.pk}/",
                 "/office/contacts/topics/", "/board/public/contacts/"):  # fmt: skip
        go(page, path, accessible)
    go(page, "/office/faqs/", accessible)
    page.get_by_role("link", name="犬が死んだら?").click()
    accessible(page)


def test_an_editor_takes_in_the_sheet_she_has_and_reads_what_was_not_taken(desk: Desk, accessible: Accessible) -> None:
    answers()
    page = desk(writer(email="editor@example.lg.jp"))
    go(page, "/office/faqs/", accessible)
    page.get_by_role("link", name="表を取り込む").click()
    accessible(page)
    rows = (
        "よくある質問\n質問,回答,担当課\nQ1. 猫を飼ったら?,届けは要りません。,戸籍住民課\n犬が死んだら?,重なり,\n空,,\n"
    )
    page.set_input_files("[name=table]", {"name": "faq.csv", "mimeType": "text/csv", "buffer": rows.encode("cp932")})
    page.fill("[name=review_on]", "2098-04-01")
    press(page, "読んで、案にする", accessible)
    told = page.locator("main").inner_text()
    assert all(words in told for words in ("1問", "答えが空です", "見出しより上の行は取り込んでいません"))
    page.get_by_role("link", name="公開を待つ案を見る").click()
    assert page.get_by_role("link", name="猫を飼ったら?").is_visible()
    accessible(page)
