"""Deposits that wait for a person since before they were encrypted are encrypted by the migration."""

from importlib import import_module

import pytest
from django.apps import apps
from django.db import connection
from django.utils import timezone

from todoke.continuity.models import Deposit

migration = import_module("todoke.continuity.migrations.0002_encrypt_deposits")
TYPED = {"page": "rest", "fields": {"contact": ["秘密の言葉"]}, "send": False}
pytestmark = pytest.mark.django_db


def stored() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT content FROM continuity_deposit ORDER BY id")
        return " ".join(str(row[0]) for row in cursor.fetchall())


def deposit(number: str, content: object) -> Deposit:
    return Deposit.objects.create(
        number=number, deposited_at=timezone.now(), outcome=Deposit.Outcome.TO_LOOK_AT, reason="確認", content=content
    )


def test_an_old_row_in_clear_is_encrypted_and_read_as_before() -> None:
    old, new = deposit("預A-1", TYPED), deposit("預A-2", Deposit.encrypted(TYPED))
    kept = new.content
    migration.encrypt_content(apps, None)
    old.refresh_from_db()
    new.refresh_from_db()
    assert "秘密" not in stored().encode().decode("unicode_escape", "ignore")
    assert "contact" not in stored()
    assert old.typed == new.typed == TYPED
    assert new.content == kept
    migration.decrypt_content(apps, None)
    assert "contact" in stored()
