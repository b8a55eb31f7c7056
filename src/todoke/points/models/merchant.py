"""Merchants 加盟店: shops in which points can be used, from the application to the end."""

from typing import ClassVar

from django.db import models, transaction
from django.db.models import Q

from todoke.accounts.actors import Actor, user_of
from todoke.accounts.models import User
from todoke.audit import log
from todoke.audit.transitions import Transitions, transition
from todoke.organization.models import Department
from todoke.points.permissions import GRANT_POINTS
from todoke.runtime.field_encryption import decrypt_text, encrypt_text
from todoke.runtime.refusals import Conflict, NotAllowed, Refused


class MerchantQuerySet(models.QuerySet["Merchant"]):
    def visible_to(self, user: User) -> "MerchantQuerySet":
        """Shops of the departments for which a person may grant, and a person's own."""
        if GRANT_POINTS.held_by(user):
            return self
        return self.filter(Q(department__in=GRANT_POINTS.departments_of(user)) | Q(account=user))


class Merchant(models.Model):
    """加盟店: a shop with the account that takes points for it and the bank account into which it is paid."""

    class Category(models.TextChoices):
        FOOD = "food", "食品・日用品"
        RESTAURANT = "restaurant", "飲食"
        CLOTHING = "clothing", "衣料・身の回り"
        CARE = "care", "医療・介護・薬"
        SERVICE = "service", "理美容・サービス"
        CULTURE = "culture", "書籍・文化・教育"
        OTHER = "other", "その他"

    class Status(models.TextChoices):
        APPLIED = "applied", "申込み"
        APPROVED = "approved", "承認"
        SUSPENDED = "suspended", "停止"
        ENDED = "ended", "終了"

    class AccountKind(models.TextChoices):
        ORDINARY = "1", "普通"
        CURRENT = "2", "当座"

    NEXT: ClassVar[Transitions] = {
        "applied": frozenset({"approved", "ended"}),
        "approved": frozenset({"suspended", "ended"}),
        "suspended": frozenset({"approved", "ended"}),
        "ended": frozenset(),
    }

    number = models.CharField("加盟店番号", max_length=12, unique=True)
    name = models.CharField("店の名前", max_length=60)
    category = models.CharField("業種", max_length=16, choices=Category.choices)
    corporate_number = models.CharField("法人番号", max_length=13, blank=True)
    department = models.ForeignKey(
        Department, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="担当部署"
    )
    account = models.ForeignKey(User, models.PROTECT, related_name="merchants", verbose_name="店のアカウント")
    bank_code = models.CharField("金融機関コード", max_length=4)
    branch_code = models.CharField("支店コード", max_length=3)
    account_kind = models.CharField("預金の種類", max_length=1, choices=AccountKind.choices)
    sealed_account = models.TextField("口座番号(暗号化)")
    payee_kana = models.CharField("口座名義(カナ)", max_length=30)
    status = models.CharField("状態", max_length=10, choices=Status.choices, default=Status.APPLIED)
    applied_at = models.DateTimeField("申込日時", auto_now_add=True)
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="決めた人")

    objects = MerchantQuerySet.as_manager()

    class Meta:
        verbose_name = "加盟店"
        ordering = ["number"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(status="approved") | (Q(decided_by__isnull=False) & ~Q(decided_by=models.F("account"))),
                name="points_shop_approved_by_another",
            )
        ]

    def __str__(self) -> str:
        return self.name

    @classmethod
    @transaction.atomic
    def apply(cls, *, account_number: str, by: User, **terms: object) -> "Merchant":
        """Apply for a shop (申込み); it takes no points before it is approved. Returns it with its number."""
        log.lock_subject("numbers/points.merchant")
        last = cls.objects.order_by("-number").values_list("number", flat=True).first()
        number = f"M{int(last[1:]) + 1 if last else 1:06}"
        shop = cls.objects.create(number=number, account=by, sealed_account=encrypt_text(account_number), **terms)
        log.record(shop, "加盟店の申込み", by=by, after={"name": shop.name})
        return shop

    @property
    def account_number(self) -> str:
        """Return the number of the bank account in clear. Raises KeyLost."""
        return decrypt_text(self.sealed_account)

    def approve(self, *, by: Actor) -> None:
        """Let the shop take points (承認, 再開). Raises NotAllowed for one's own shop, Conflict when it cannot be."""
        if user_of(by) is None or user_of(by) == self.account:
            raise NotAllowed("自分の店は承認できません。ほかの人が承認してください。")
        self._move(self.Status.APPROVED, "加盟店の承認", by=by)

    def suspend(self, reason: str, *, by: Actor) -> None:
        """Let the shop take no more points for now (停止). Raises Refused without a reason, else Conflict."""
        if not reason.strip():
            raise Refused("止める理由を書いてください。")
        self._move(self.Status.SUSPENDED, "加盟店の停止", by=by, reason=reason.strip())

    def end(self, *, by: Actor) -> None:
        """End the shop (終了): what it took is still paid. Raises Conflict when it ended before."""
        self._move(self.Status.ENDED, "加盟店の終了", by=by)

    @transaction.atomic
    def _move(self, to: "Merchant.Status", act: str, *, by: Actor, reason: str = "") -> None:
        if not transition(self, to, decided_by=user_of(by)):
            raise Conflict(f"この加盟店は、いま「{self.Status(self.status).label}」です。何も変わっていません。")
        log.record(self, act, by=by, after={"status": to}, reason=reason)
