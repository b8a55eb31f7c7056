import json
from typing import Any

from django.db import migrations

from todoke.formbuilder.answers.encryption import decrypt, encrypt


def encrypt_content(apps: Any, schema_editor: Any) -> None:
    """Encrypt what deposits of before hold in clear; what is encrypted already stays as it is."""
    for deposit in apps.get_model("continuity", "Deposit").objects.exclude(content=None).iterator():
        if not isinstance(deposit.content, str):
            deposit.content = encrypt(json.dumps(deposit.content, ensure_ascii=False))
            deposit.save(update_fields=["content"])


def decrypt_content(apps: Any, schema_editor: Any) -> None:
    for deposit in apps.get_model("continuity", "Deposit").objects.exclude(content=None).iterator():
        if isinstance(deposit.content, str):
            deposit.content = json.loads(decrypt(deposit.content))
            deposit.save(update_fields=["content"])


class Migration(migrations.Migration):

    dependencies = [
        ('continuity', '0001_initial'),
    ]

    operations = [migrations.RunPython(encrypt_content, decrypt_content, elidable=True)]
