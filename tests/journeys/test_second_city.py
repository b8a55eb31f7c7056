"""A second city makes the installation its own: name, logo, colour, links, a third language, and 1,000 staff."""

import re
from pathlib import Path

import pytest
from django.core import mail
from playwright.sync_api import FilePayload, Page, expect
from pytest_django import Settings

from tests import cast
from tests.cast import cases
from tests.cast.appearance import PNG
from tests.cast.browser import Accessible, Desk, follow, go, press
from tests.cast.personnel import administrator, city, workbook
from todoke.design import municipality
from todoke.installation.language_catalog import install_language, read_catalog
from todoke.organization.models import Tenure

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
CITY, PASSWORD = "みなと台市", "ひみつの合言葉 2026"
PORTUGUESE = Path(__file__).resolve().parents[2] / "deploy" / "languages" / "pt-br.csv"
LINKS = {"accessibility": "accessibility", "privacy": "privacy", "terms": "terms", "contact": "contact", "site": ""}


@pytest.fixture
def _third_language(settings: Settings, tmp_path: Path) -> None:
    """What ``./todoke language add`` does, seen by servers that were started after it."""
    settings.LOCALES = tmp_path / "locale"
    install_language("pt-br", "Português", read_catalog(PORTUGUESE.read_bytes()).words)
    settings.LOCALE_PATHS = [*settings.LOCALE_PATHS, settings.LOCALES]
    settings.LANGUAGES = [*settings.LANGUAGES, ("pt-br", "Português")]


def look_of_the_city(page: Page, check: Accessible, folder: Path) -> None:
    """Refused in a colour that nobody can read, then published in one that everybody can."""
    go(page, "/office/preparation/", check)
    expect(page.get_by_text("まだ開けません")).to_be_visible()
    page.screenshot(path=folder / "preparation.png", full_page=True)
    go(page, "/office/appearance/", check)
    page.fill("[name=name]", CITY)
    page.fill("[name=accent]", "#ffcc00")
    for kind, path in LINKS.items():
        page.fill(f"[name=link_{kind}]", f"https://www.city.example.lg.jp/{path}")
    press(page, "公開する", check)
    offered = re.search(r"近い色では (#[0-9a-f]{6}) が", page.inner_text("main"))
    page.fill("[name=accent]", cast.present(offered)[1])
    page.set_input_files("[name=logo]", {"name": "logo.png", "mimeType": "image/png", "buffer": PNG})
    press(page, "公開する", check)
    expect(page.locator("header img")).to_be_visible()
    page.screenshot(path=folder / "appearance.png", full_page=True)


def staff_of_the_city(page: Page, check: Accessible, folder: Path) -> None:
    """A thousand people in one table: shown, registered with one press, invited with another."""
    go(page, "/office/staff/imports/", check)
    table: FilePayload = {
        "name": "職員名簿.xlsx",
        "mimeType": "application/octet-stream",
        "buffer": workbook(city(1000)),
    }
    page.set_input_files("[name=file]", table)
    press(page, "試しに読む", check)
    expect(page.get_by_text("新しい職員(1,000人)")).to_be_visible()
    page.screenshot(path=folder / "check.png", full_page=True)
    press(page, "このとおりに登録する", check)
    assert Tenure.objects.count() == 1001
    page.get_by_role("link", name="職員を招待する").click()
    check(page)
    page.screenshot(path=folder / "staff.png", full_page=True)
    press(page, "招待していない職員を、みな招待する", check)
    expect(page.get_by_text("1,000人を招待しました")).to_be_visible()


def a_new_colleague(page: Page, check: Accessible, folder: Path) -> None:
    """Opens the mail on a telephone, chooses a password, and signs in."""
    letter = next(each for each in mail.outbox if each.to == ["staff0001@city.example.lg.jp"])
    assert letter.subject.startswith(f"【{CITY}】")
    page.goto(cast.present(re.search(r"(/invitations/\S+/)", str(letter.body)))[1])
    check(page)
    page.screenshot(path=folder / "invitation.png", full_page=True)
    page.fill("[name=password]", PASSWORD)
    page.fill("[name=again]", PASSWORD)
    press(page, "このパスワードにする", check)
    follow(page, page.get_by_role("button", name="日本語", exact=True))
    page.fill("[name=login]", "staff0001@city.example.lg.jp")
    page.fill("[name=password]", PASSWORD)
    follow(page, page.get_by_role("button", name="ログインする", exact=True))
    go(page, "/office/", check)
    expect(page.get_by_text("第1課 課長")).to_be_visible()


def a_resident(page: Page, check: Accessible, folder: Path) -> None:
    """Finds the city's name, colour and links, and reads the frame in Portuguese."""
    go(page, "/", check)
    expect(page.get_by_role("link", name="ウェブアクセシビリティ方針")).to_be_visible()
    page.screenshot(path=folder / "home.png", full_page=True)
    follow(page, page.get_by_role("button", name="Português"))
    check(page)
    expect(page.get_by_role("heading", name="O que você deseja fazer?")).to_be_visible()
    assert page.locator("html").get_attribute("lang") == "pt-br"
    expect(page.get_by_role("link", name="Política de acessibilidade")).to_be_visible()
    page.screenshot(path=folder / "home-pt.png", full_page=True)


@pytest.mark.usefixtures("_third_language")
def test_a_second_city_opens(
    desk: Desk, phone: Page, accessible: Accessible, settings: Settings, tmp_path: Path
) -> None:
    settings.NOTICE_CHANNEL, settings.PUBLIC_URL = "smtp", ""
    municipality.forget()
    page = desk(administrator())
    look_of_the_city(page, accessible, tmp_path)
    staff_of_the_city(page, accessible, tmp_path)
    cases.work_off()
    assert len(mail.outbox) == 1000
    a_resident(phone, accessible, tmp_path)
    a_new_colleague(phone.context.new_page(), accessible, tmp_path)
