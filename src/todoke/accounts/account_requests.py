"""Account requests アカウントの申し込み: sign-ups, forgotten passwords and mails that a job carries out.

The request of the browser writes one row and queues one job, whoever the address belongs to: the answer, the work and
the time are the same for known and unknown addresses.
"""

import json
from datetime import timedelta
from typing import ClassVar

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import get_language

from todoke.jobs.backend import task_named
from todoke.jobs.priority import Priority
from todoke.runtime.field_encryption import decrypt_text, encrypt_text

CARRY_OUT = "todoke.accounts.tasks.carry_out_request"


class AccountRequest(models.Model):
    """アカウントの申し込み: what a job shall do about an account; its content is encrypted and goes when it is done."""

    class Kind(models.TextChoices):
        SIGN_UP = "sign_up", "アカウントの登録"
        NEW_PASSWORD = "new_password", "パスワードの作り直し"
        MAIL = "mail", "ログインについてのメール"

    KEPT: ClassVar[timedelta] = timedelta(days=7)
    """A request that no worker could carry out is deleted after so long."""

    kind = models.CharField("種類", max_length=20, choices=Kind.choices)
    language = models.CharField("表示言語", max_length=10)
    content = models.TextField("内容(暗号化)")
    made_at = models.DateTimeField("申し込んだ日時", auto_now_add=True)

    class Meta:
        verbose_name = "アカウントの申し込み"

    def __str__(self) -> str:
        return self.get_kind_display()

    @classmethod
    @transaction.atomic
    def make(cls, kind: str, **content: str) -> "AccountRequest":
        """Write a request and queue the job that carries it out."""
        made = cls.objects.create(kind=kind, language=get_language() or "ja", content=encrypt_text(json.dumps(content)))
        task_named(CARRY_OUT).using(priority=Priority.INTERACTIVE).enqueue(made.pk)
        return made

    def opened(self) -> dict[str, str]:
        """Return what was asked, in clear."""
        found: dict[str, str] = json.loads(decrypt_text(self.content))
        return found

    @classmethod
    def delete_abandoned(cls) -> int:
        """Delete requests that were not carried out for a week; return how many."""
        return cls.objects.filter(made_at__lt=timezone.now() - cls.KEPT).delete()[0]
