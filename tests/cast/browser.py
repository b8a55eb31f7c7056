"""Steps of a person at a browser, as short functions for the journeys."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

from playwright.sync_api import Locator, Page

Accessible = Callable[[Page], None]
Desk = Callable[[Any], Page]
PICTURES = os.environ.get("TODOKE_PICTURES", "")
PATIENCE = 60_000.0
"""Milliseconds to wait for what a page shows: never the speed of a machine, only a page that does not come."""


OWNER = {
    "owner_name__family": "髙橋",
    "owner_name__given": "𠮷男",
    "owner_name__family_kana": "タカハシ",
    "owner_name__given_kana": "ヨシオ",
    "owner_address__postal": "１０４−００４５",
    "owner_address__region": "東京都中央区築地",
    "owner_address__street": "１−１",
    "owner_phone": "０３（１２３４）５６７８",
    "owner_email": "hanako@example.jp",
}
DOG = {
    "dog_name": "ポチ", "dog_breed": "柴犬", "dog_colour": "茶", "dog_birth__year": "２０２６", "dog_birth__month": "1",
    "dog_birth__day": "5", "kept_since__year": "８", "kept_since__month": "3", "kept_since__day": "1",
}  # fmt: skip


def look(page: Page, name: str, check: Accessible) -> None:
    """Check a page at a desk and on a phone, and keep pictures of it where somebody wants to see them."""
    for size, (width, height) in {"desk": (1280, 900), "phone": (375, 812)}.items():
        page.set_viewport_size({"width": width, "height": height})
        check(page)
        if PICTURES:
            page.screenshot(path=Path(PICTURES) / f"connect-{name}-{size}.png", full_page=True)
            (Path(PICTURES) / f"connect-{name}.txt").write_text(page.locator("main").inner_text())
    page.set_viewport_size({"width": 1280, "height": 900})


def sign_in(page: Page, email: str, to: str) -> None:
    """Sign in with the password of the cast and wait for a page."""
    page.goto(f"/accounts/login/?next={to}")
    page.fill("#id_login", email)
    page.fill("#id_password", "correct horse")
    page.press("#id_password", "Enter")
    page.wait_for_url(f"**{to}")


def go(page: Page, address: str, check: Accessible) -> None:
    page.goto(address)
    check(page)


def follow(page: Page, button: Locator) -> None:
    """Press a button that leads to another page, and wait for that page."""
    with page.expect_navigation():
        button.click()


def press(page: Page, name: str, check: Accessible) -> None:
    follow(page, page.get_by_role("button", name=name, exact=True).first)
    check(page)


def unfold(page: Page, title: str) -> None:
    page.locator("summary", has_text=title).first.click()


def fill(page: Page, answers: dict[str, str], **choices: str) -> None:
    for name, text in answers.items():
        page.fill(f"[name={name}]", text)
    for name, value in choices.items():
        page.check(f"[name={name}][value={value}]")


def onward(page: Page, check: Accessible) -> None:
    check(page)
    page.get_by_role("button", name="次へ進む").last.click()


def finish(page: Page, check: Accessible) -> str:
    """From the last question to the receipt; returns the receipt number."""
    fill(page, {}, delivery="counter")
    if page.locator("[name=counter_place]").count() == 0:
        page.get_by_role("button", name="次へ進む").last.click()
    page.locator("[name=counter_place]").first.check()
    fill(page, {}, promise="yes")
    onward(page, check)
    check(page)
    page.get_by_role("button", name="この内容で申請する").click()
    check(page)
    return page.locator(".receipt-number").inner_text()
