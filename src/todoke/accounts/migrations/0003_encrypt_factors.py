from typing import Any

from django.db import migrations

from todoke.runtime.field_encryption import decrypt_text, encrypt_text

SECRETS = ("secret", "seed")


def _rewrite(apps: Any, with_each: Any) -> None:
    for factor in apps.get_model("mfa", "Authenticator").objects.exclude(type="webauthn"):
        kept = {key: with_each(value) if key in SECRETS else value for key, value in factor.data.items()}
        if "migrated_codes" in kept:
            kept["migrated_codes"] = [with_each(code) for code in kept["migrated_codes"]]
        factor.data = kept
        factor.save(update_fields=["data"])


def encrypt(apps: Any, schema_editor: Any) -> None:
    _rewrite(apps, encrypt_text)


def decrypt(apps: Any, schema_editor: Any) -> None:
    _rewrite(apps, decrypt_text)


class Migration(migrations.Migration):

    dependencies = [
        ("accounts", "0002_used_codes"),
        ("mfa", "0003_authenticator_type_uniq"),
    ]

    operations = [migrations.RunPython(encrypt, decrypt, elidable=True)]
