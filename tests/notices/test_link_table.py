"""docs/reference/mailed-links.md says what every link in a mail may do, and the program sends no other."""

import ast
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import resolve, reverse

from todoke.notices.link_purpose import declared_purposes, standing_addresses
from todoke.notices.link_table import link_page
from todoke.notices.mailed_links import PASSWORD

PAGE = Path(__file__).resolve().parents[2] / "docs" / "reference" / "mailed-links.md"
HOUSE = Path(settings.ROOT) / "src" / "todoke"
IN_NO_MAIL = {
    "api:payment-webhook", "portal:payment-return", "portal:security-contact", "portal:figure-feed",
    "portal:client-keys", "portal:provider-logout", "portal:sign-in-return", "idp:oidc:configuration",
    "portal:signed-out", "portal:line-webhook", "portal:consultations", "portal:consultation-result",
    "portal:open-data-atom", "portal:open-data-catalog", "portal:open-data-file",
    "board:public-data", "board:public-dataset",
}  # fmt: skip
"""Addresses for the payment and identity providers and the city's services, those that the catalogue of open data and
the feeds say of themselves, and the one in security.txt."""


def addressed() -> set[str]:
    """Return the name of every page whose public address the program writes down."""
    return {
        str(node.args[0].value)
        for path in HOUSE.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == "absolute"
        and isinstance(node.args[0], ast.Constant)
    }


def test_the_page_is_what_the_program_says() -> None:
    assert PAGE.read_text() == link_page(), "./todoke mailed_links >docs/reference/mailed-links.md"


def test_every_address_in_a_mail_is_a_purpose_or_stays_for_a_reason() -> None:
    standing = {address.page for address in standing_addresses()}
    purposes = {purpose.page for purpose in declared_purposes().values()}
    assert addressed() - purposes == standing | IN_NO_MAIL
    assert not standing & purposes


@pytest.mark.parametrize("code", sorted(declared_purposes()))
def test_every_purpose_leads_to_a_page(code: str) -> None:
    purpose = declared_purposes()[code]
    page = reverse(purpose.page, args=["1", "secret"] if purpose is PASSWORD else ["secret"])
    assert resolve(page).view_name == purpose.page
