"""Change history of the inventory, cell by cell."""

from django.db import models

from todoke.accounts.models import User
from todoke.procedures.models.procedure import Procedure


class FieldChange(models.Model):
    """変更履歴: one changed cell of a procedure: text before and after, actor and source."""

    class Source(models.TextChoices):
        PAGE = "page", "画面"
        IMPORT = "import", "取込"
        ROUND = "round", "棚卸"

    procedure = models.ForeignKey(Procedure, models.CASCADE, related_name="changes", verbose_name="手続")
    at = models.DateTimeField("日時", db_index=True)
    actor = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="行為者")
    actor_label = models.CharField("行為者の表示", max_length=100)
    source = models.CharField("経路", max_length=10, choices=Source)
    field = models.CharField("項目", max_length=60)
    before = models.TextField("変更前", blank=True)
    after = models.TextField("変更後", blank=True)

    class Meta:
        verbose_name = "変更履歴"
        ordering = ["procedure", "-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.procedure_id} {self.field}"
