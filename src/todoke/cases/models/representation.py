"""Representation 代理: who applies for somebody else, and on what authority."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from todoke.accounts.models import User
from todoke.cases.models.draft import Draft


class Representation(models.Model):
    """代理: the agent, in which role, and with which authority; recorded before the first answer."""

    class Kind(models.TextChoices):
        LEGAL = "legal", _("法定代理人(親権者、成年後見人など)")
        MANDATE = "mandate", _("本人から頼まれた代理人")
        HELPER = "helper", _("本人のそばで入力を手伝う人")

    draft = models.OneToOneField(Draft, models.CASCADE, related_name="representation", verbose_name="申請の下書き")
    kind = models.CharField("代理の種類", max_length=10, choices=Kind)
    name = models.CharField("代理人の氏名", max_length=100)
    relation = models.CharField("本人との関係", max_length=50)
    phone = models.CharField("代理人の電話番号", max_length=30, blank=True)
    authority = models.CharField("代理の根拠", max_length=200, help_text="委任状、戸籍、登記事項証明書、本人の同席など")
    agent = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="代理人の利用者")
    valid_until = models.DateField("代理の期限", null=True, blank=True)
    declared_at = models.DateTimeField("申し出た日時", auto_now_add=True)

    class Meta:
        verbose_name = "代理"
        constraints = [
            models.CheckConstraint(condition=~Q(name="") & ~Q(authority=""), name="cases_agent_names_the_authority"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.relation}"
