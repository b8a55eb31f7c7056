"""Issued codes 発行したコード: what a service changes for tokens, once, on whichever process it comes.

allauth keeps codes in the cache of one process and reads them before it forgets them; here they lie in the database.
"""

import json
from datetime import timedelta
from typing import Any

from django.db import models
from django.utils import timezone

from todoke.federation.openid.token_validation import hash_of
from todoke.runtime.field_encryption import decrypt_text, encrypt_text


class IssuedCode(models.Model):
    """発行したコード: stored as hashes and encrypted, for a minute; a second use is refused."""

    key_hash = models.CharField("場所の封印", max_length=64, unique=True)
    code_hash = models.CharField("コードの封印", max_length=64, unique=True)
    sealed = models.TextField("内容(暗号化)")
    expires_at = models.DateTimeField("期限")
    used_at = models.DateTimeField("使った日時", null=True)

    class Meta:
        verbose_name = "発行したコード"

    def __str__(self) -> str:
        return f"発行したコード{self.pk}"

    @classmethod
    def take(cls, code: str) -> bool:
        """Use a code up before it is looked at; False when it was used before, or there is none that lives."""
        now = timezone.now()
        open_now = cls.objects.filter(code_hash=hash_of(code), used_at=None, expires_at__gt=now)
        return open_now.update(used_at=now) == 1

    @classmethod
    def delete_expired(cls) -> int:
        """Delete the codes that nobody can use any more; return how many."""
        return cls.objects.filter(expires_at__lt=timezone.now()).delete()[0]


class CodeStore:
    """コードの置き場: what allauth takes for its cache of codes."""

    def get(self, key: str) -> dict[str, Any] | None:
        """Return the content of a code that has not expired."""
        found = IssuedCode.objects.filter(key_hash=hash_of(key), expires_at__gt=timezone.now()).first()
        if found is None:
            return None
        content: dict[str, Any] = json.loads(decrypt_text(found.sealed))
        return content

    def set(self, key: str, content: dict[str, Any], timeout: int) -> None:
        """Keep the content of a code for so many seconds."""
        IssuedCode.objects.create(
            key_hash=hash_of(key), code_hash=hash_of(content["code"]["code"]), sealed=encrypt_text(json.dumps(content)),
            expires_at=timezone.now() + timedelta(seconds=timeout),
        )  # fmt: skip

    def delete(self, key: str) -> None:
        """Forget a code."""
        IssuedCode.objects.filter(key_hash=hash_of(key)).delete()
