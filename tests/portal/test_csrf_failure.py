"""A form that comes back too late is handed back with everything that was typed."""

from typing import Any

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db
OURS: dict[str, Any] = {"HTTP_ORIGIN": "http://testserver"}


def late(**headers: str) -> Client:
    return Client(enforce_csrf_checks=True, headers=headers)


def test_the_typed_answers_are_in_the_page() -> None:
    response = late().post("/", {"name": "髙橋 𠮷郎", "item": ["あ", "い"]}, **OURS)
    page = response.content.decode()
    assert response.status_code == 403
    assert 'name="name" value="髙橋 𠮷郎"' in page
    assert page.count('name="item"') == 2
    assert "入力した内容で続ける" in page


def test_what_was_typed_is_never_markup() -> None:
    page = late().post("/", {"name": '"><script>alert(1)</script>'}, **OURS).content.decode()
    assert "<script>alert" not in page


def test_a_strangers_form_is_not_filled_in() -> None:
    page = late().post("/", {"name": "attack"}, HTTP_ORIGIN="https://evil.example").content.decode()
    assert "attack" not in page


def test_a_password_is_not_repeated() -> None:
    page = late().post("/accounts/login/", {"password": "correct horse"}, **OURS).content.decode()
    assert "correct horse" not in page
