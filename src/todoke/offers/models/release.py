"""Releases 公開版: what an offer applies from a moment on, immutable once published."""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models, transaction
from django.db.models import OuterRef, Q, Subquery
from django.utils import timezone

from todoke.accounts.actors import Actor, user_of
from todoke.accounts.models import User
from todoke.approvals.models import Route
from todoke.audit import log
from todoke.audit.immutable import ImmutableModel
from todoke.formbuilder.models import FormVersion
from todoke.offers.fees import FeeSchedule
from todoke.offers.models.offer import Instant, Offer, is_open
from todoke.procedures.models.procedure import Procedure

if TYPE_CHECKING:
    from todoke.offers.models.release_rows import ReleaseRow

CACHED_SCHEDULES = 256
_fee_schedules: dict[tuple[int, datetime], FeeSchedule] = {}


class PublishedModel(ImmutableModel):
    """公開された行: written together with its release and immutable afterwards."""

    FROZEN, INSTEAD = "公開した内容", "新しい版を公開してください。"

    class Meta:
        abstract = True


def release_in_force(offer: str, at: Instant | None = None) -> Subquery:
    """Return an expression: the id of the release in force of the offer at a path of the outer query, or NULL.

    適用中の公開版: of the releases that have taken effect at an instant (default: now), the highest number.
    """
    effective = Release.objects.filter(offer=OuterRef(offer), effective_at__lte=at or timezone.now())
    return Subquery(effective.order_by("-number").values("pk")[:1])


class ReleaseQuerySet(models.QuerySet["Release"]):
    def in_force(self, at: Instant | None = None) -> "ReleaseQuerySet":
        """The release in force of each offer at an instant (default: now)."""
        return self.filter(pk=release_in_force("offer", at))

    def open(self, at: Instant | None = None) -> "ReleaseQuerySet":
        """The release in force of each offer that takes applications at an instant (default: now)."""
        return self.in_force(at).filter(is_open(at, "offer__"))


class Release(PublishedModel):
    """公開版: an immutable set of form version, fees, approval route, standard processing time and letter texts."""

    class Identity(models.TextChoices):
        NONE = "none", "本人確認は不要"
        ACCOUNT = "account", "アカウントでのログイン"
        DOCUMENT = "document", "本人確認書類の写し"
        CARD = "card", "マイナンバーカード"

    class WithoutCard(models.TextChoices):
        COUNTER = "counter", "窓口"
        POST = "post", "郵送"

    offer = models.ForeignKey(Offer, models.PROTECT, related_name="releases", verbose_name="オンライン受付")
    number = models.PositiveIntegerField("版")
    form_version = models.ForeignKey(FormVersion, models.PROTECT, related_name="releases", verbose_name="様式の版")
    route = models.ForeignKey(Route, models.PROTECT, related_name="releases", verbose_name="決裁ルート")
    matter = models.CharField("件名の種類", max_length=40, blank=True, help_text="決裁ルートの区分を選ぶ")
    standard_days = models.PositiveSmallIntegerField("標準処理期間", help_text="開庁日の日数")
    identity = models.CharField("本人確認の方法", max_length=10, choices=Identity.choices, default=Identity.NONE)
    without_card = models.CharField("カードを使わない方法", max_length=200, blank=True)
    without_card_channel = models.CharField(
        "カードを使わない方法の受付先", max_length=10, choices=WithoutCard.choices, blank=True
    )
    delivery = models.CharField("受け取り方", max_length=200)
    minutes = models.PositiveSmallIntegerField("入力の目安", default=10, help_text="分")
    notes = models.TextField("この版で変わったこと", blank=True)
    effective_at = models.DateTimeField("適用開始")
    published_at = models.DateTimeField("公開日時", auto_now_add=True)
    published_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="公開した人"
    )

    objects = ReleaseQuerySet.as_manager()

    class Meta:
        verbose_name = "公開版"
        ordering = ["offer__code", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["offer", "number"], name="offers_one_release_per_number"),
            models.CheckConstraint(condition=Q(standard_days__gte=1), name="offers_release_has_a_period"),
            models.CheckConstraint(
                condition=~Q(identity="card") | (~Q(without_card="") & ~Q(without_card_channel="")),
                name="offers_card_is_never_the_only_way",
                violation_error_message="マイナンバーカードを求めるときは、カードを使わない方法とその受付先を入れてください。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.offer} 第{self.number}版"

    @property
    def procedure(self) -> Procedure:
        """The procedure of the offer."""
        return self.offer.procedure

    @property
    def fee_schedule(self) -> FeeSchedule:
        """手数料の定め: the fee lines and exemptions, cached per process, since they are immutable."""
        key = (self.pk, self.published_at)
        found = _fee_schedules.get(key) if "release-terms" in settings.SPEED_UPS else None
        if found is None:
            while len(_fee_schedules) >= CACHED_SCHEDULES:
                _fee_schedules.pop(next(iter(_fee_schedules)), None)
            found = _fee_schedules[key] = FeeSchedule(tuple(self.fees.all()), tuple(self.exemptions.all()))
        return found

    @classmethod
    @transaction.atomic
    def publish(cls, offer: Offer, *, rows: Sequence["ReleaseRow"] = (), by: Actor, **fields: Any) -> "Release":
        """公開: create and return the next release of an offer with its fee and letter rows; one audit entry.

        Raises ValidationError when a row is invalid.
        """
        held = Offer.objects.select_for_update().get(pk=offer.pk)
        last = held.releases.aggregate(last=models.Max("number"))["last"] or 0
        fields.setdefault("effective_at", timezone.now())
        release = cls(offer=held, number=last + 1, published_by=user_of(by), **fields)
        release.full_clean()
        release.save()
        for row in rows:
            row.release = release
            row.full_clean()
            row.save()
        log.record(release, "公開", by=by, after={"offer": offer.code, "number": release.number})
        return release
