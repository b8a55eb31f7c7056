"""Saved views 保存した絞り込み: a person's own ways of looking at the list, kept under a name."""

from django.db import models, transaction

from todoke.accounts.models import User
from todoke.cases.models.letter import new_token
from todoke.runtime.refusals import Refused

MOST = 20


class SavedView(models.Model):
    """保存した絞り込み: the conditions, order and columns of the list that one person keeps under a name."""

    token = models.CharField("整理番号", max_length=32, unique=True, default=new_token)
    user = models.ForeignKey(User, models.CASCADE, related_name="saved_views", verbose_name="利用者")
    name = models.CharField("名前", max_length=30)
    query = models.CharField("条件", max_length=1000)

    class Meta:
        verbose_name = "保存した絞り込み"
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["user", "name"], name="cases_one_saved_view_per_name"),
        ]

    def __str__(self) -> str:
        return self.name

    @classmethod
    @transaction.atomic
    def keep(cls, name: str, query: str, *, by: User) -> "SavedView":
        """Keep conditions under a name, in place of what had this name. Raises Refused beyond twenty."""
        mine = cls.objects.filter(user=by)
        if mine.exclude(name=name).count() >= MOST:
            raise Refused(f"保存できる絞り込みは{MOST}個までです。使わないものを消してから保存してください。")
        return cls.objects.update_or_create(user=by, name=name, defaults={"query": query})[0]
