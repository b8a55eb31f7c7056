"""A clerk asks another section, writes to the resident, who answers from a phone; each reads what the other wrote."""

from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from tests import cast
from tests.cast import cases
from tests.cast.browser import Accessible, Desk, follow, go, press, unfold
from todoke.accounts.models import User
from todoke.notices.models import Message
from todoke.organization.models import Post

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
QUESTION, ANSWER = "この方の住所は貴課の台帳と合いますか。", "合っています。転入は令和8年4月です。"
WORDS, REPLY = "必要な通数を確かめさせてください。", "2通で足ります。ありがとうございます。"


def sign_in(page: Page, user: User, address: str) -> None:
    """Carry a signed-in session over to a page that is already open."""
    client = Client()
    client.force_login(user)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": address}])


def ask(clerk: Page, colleague: Page, number: str, check: Accessible) -> None:
    """The clerk asks the tax section, which sees the question but not the case, and answers once."""
    go(clerk, f"/office/cases/{number}/", check)
    unfold(clerk, "意見を照会する")
    form = clerk.locator("form[action$='/opinion/']")
    form.locator("[name=department]").select_option(label="税務課")
    form.locator("[name=question]").fill(QUESTION)
    press(clerk, "照会する", check)
    go(colleague, "/office/opinions/", check)
    follow(colleague, colleague.get_by_role("link", name=number))
    check(colleague)
    assert colleague.get_by_text(QUESTION).is_visible()
    assert not colleague.get_by_text("山田").count()
    colleague.fill("[name=answer]", ANSWER)
    press(colleague, "回答する", check)
    assert not colleague.get_by_role("button", name="回答する").count()


def write(clerk: Page, number: str, check: Accessible) -> None:
    """The clerk reads the answer and writes to the applicant."""
    go(clerk, f"/office/cases/{number}/", check)
    assert clerk.get_by_text(ANSWER).is_visible()
    unfold(clerk, "申請者に連絡する")
    clerk.locator("form[action$='/message/'] [name=text]").fill(WORDS)
    press(clerk, "連絡する", check)
    assert clerk.get_by_text("まだ読まれていません").is_visible()


def reply(phone: Page, number: str, check: Accessible, folder: Any) -> None:
    """The resident reads it on the page of the application, not the opinion of the section, and answers."""
    go(phone, f"/cases/{number}/", check)
    assert phone.get_by_text(WORDS).is_visible()
    assert not phone.get_by_text(ANSWER).count()
    phone.fill("#id_text", REPLY)
    phone.screenshot(path=folder / "reply.png", full_page=True)
    follow(phone, phone.locator("form[action$='/message/'] button"))
    check(phone)
    assert phone.get_by_text(REPLY).is_visible()


def test_a_question_goes_to_another_section_and_words_to_the_resident_and_back(
    desk: Desk, phone: Page, live_server: LiveServer, accessible: Accessible, tmp_path: Any
) -> None:
    at, resident = cases.counter(), cast.resident()
    colleague = cast.staff("税務 係員", "tax@example.lg.jp", Post.Role.CLERK, cast.department("税務課", "3020"))
    number = cases.reviewed(at, resident).number
    clerk = desk(at.clerk)
    sign_in(phone, resident, live_server.url)
    ask(clerk, desk(colleague), number, accessible)
    write(clerk, number, accessible)
    reply(phone, number, accessible, tmp_path)
    go(clerk, "/office/cases/?view=messages", accessible)
    follow(clerk, clerk.get_by_role("link", name=number).first)
    accessible(clerk)
    assert clerk.get_by_text(REPLY).is_visible()
    assert clerk.get_by_text("申請者が", exact=False).first.is_visible()
    clerk.screenshot(path=tmp_path / "talk.png", full_page=True)
    cases.work_off()
    told = set(Message.objects.values_list("email", flat=True))
    assert {resident.email, "hanako@example.jp", "tax@example.lg.jp", at.clerk.email} & told
    assert not Message.objects.filter(body__contains=WORDS).exists()
