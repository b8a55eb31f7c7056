"""Saved views 保存した絞り込み: a person's own ways of looking at a list, kept under a name."""

import secrets

from django.db import models, transaction

from todoke.accounts.models import User
from todoke.runtime.refusals import Refused

MOST = 20


def new_token() -> str:
    """Return a token of 128 bits that nobody can guess."""
    return secrets.token_urlsafe(16)


class SavedView(models.Model):
    """保存した絞り込み: the conditions, order and columns of one list that one person keeps under a name."""

    token = models.CharField("整理番号", max_length=32, unique=True, default=new_token)
    user = models.ForeignKey(User, models.CASCADE, related_name="saved_views", verbose_name="利用者")
    list_name = models.CharField("一覧", max_length=40)
    name = models.CharField("名前", max_length=30)
    query = models.CharField("条件", max_length=1000)

    class Meta:
        verbose_name = "保存した絞り込み"
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["user", "list_name", "name"], name="lists_one_saved_view_per_name"),
        ]

    def __str__(self) -> str:
        return self.name

    @classmethod
    @transaction.atomic
    def keep(cls, list_name: str, name: str, query: str, *, by: User) -> "SavedView":
        """Keep conditions under a name, in place of what had this name. Raises Refused beyond twenty a list."""
        if not name:
            raise Refused("名前を書いてから、もう一度「保存する」を押してください。まだ保存していません。")
        mine = cls.objects.filter(user=by, list_name=list_name)
        if mine.exclude(name=name).count() >= MOST:
            raise Refused(f"保存できる絞り込みは{MOST}個までです。使わないものを消してから保存してください。")
        return cls.objects.update_or_create(user=by, list_name=list_name, name=name, defaults={"query": query})[0]
