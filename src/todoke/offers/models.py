"""Offers 公開: the online services 受付窓口 of procedures, and their immutable releases 公開版."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple, TypeAlias

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import F, OuterRef, Q, Subquery
from django.db.models.expressions import BaseExpression
from django.utils import timezone

from todoke.accounts.actors import Actor, user_of
from todoke.accounts.models import User
from todoke.approvals.models import Route
from todoke.audit import log
from todoke.audit.immutable import ImmutableModel
from todoke.formbuilder.document.structure import QuestionKind as DocumentKind
from todoke.formbuilder.models import FormVersion
from todoke.offers.permissions import MANAGE_OFFER
from todoke.organization.models import Department
from todoke.procedures.models.procedure import Procedure

Instant: TypeAlias = datetime | BaseExpression
"""A datetime, or an expression in its place, such as the parameter of a compiled query."""


class PublishedModel(ImmutableModel):
    """公開された行: written together with its release and immutable afterwards."""

    FROZEN, INSTEAD = "公開した内容", "新しい版を公開してください。"

    class Meta:
        abstract = True


def _is_open(at: Instant | None, offer: str = "") -> Q:
    at = at or timezone.now()
    still = Q(**{f"{offer}closes_at__isnull": True}) | Q(**{f"{offer}closes_at__gt": at})
    return Q(**{f"{offer}opens_at__lte": at}) & still


class OfferQuerySet(models.QuerySet["Offer"]):
    def open(self, at: Instant | None = None) -> "OfferQuerySet":
        """Offers that take applications at an instant (default: now)."""
        return self.filter(_is_open(at))


class Offer(models.Model):
    """オンライン受付: the online service of a procedure; period and capacity hold for all its releases."""

    code = models.SlugField("公開コード", max_length=50, unique=True)
    procedure = models.ForeignKey(Procedure, models.PROTECT, related_name="offers", verbose_name="手続")
    department = models.ForeignKey(Department, models.PROTECT, related_name="offers", verbose_name="担当部署")
    opens_at = models.DateTimeField("受付開始")
    closes_at = models.DateTimeField("受付終了", null=True, blank=True)
    capacity = models.PositiveIntegerField("定員", null=True, blank=True, help_text="空欄は定員なし")
    closing_reason = models.CharField("終了・停止の理由", max_length=200, blank=True)

    objects = OfferQuerySet.as_manager()

    class Meta:
        verbose_name = "オンライン受付"
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(
                condition=Q(closes_at__isnull=True) | Q(closes_at__gt=F("opens_at")),
                name="offers_offer_closes_after_opening",
            ),
        ]

    def __str__(self) -> str:
        return self.procedure.title

    def is_open(self, at: datetime | None = None) -> bool:
        """Return whether it takes applications at a time (default: now): ``opens_at`` included, ``closes_at`` not."""
        at = at or timezone.now()
        return self.opens_at <= at and (self.closes_at is None or at < self.closes_at)

    def can_manage(self, user: User) -> bool:
        """Designers of any department, and chiefs of the department in charge."""
        return MANAGE_OFFER.held_by(user, self.department)

    @transaction.atomic
    def reschedule(
        self, *, opens_at: datetime, closes_at: datetime | None, capacity: int | None, reason: str, by: Actor
    ) -> None:
        """受付期間・定員の変更: change the period and the capacity (None is unlimited); one audit entry."""
        before = {"opens_at": self.opens_at, "closes_at": self.closes_at, "capacity": self.capacity}
        self.opens_at, self.closes_at, self.capacity, self.closing_reason = opens_at, closes_at, capacity, reason
        self.save()
        after = {"opens_at": opens_at, "closes_at": closes_at, "capacity": capacity}
        log.record(self, "受付期間の変更", by=by, before=before, after=after, reason=reason)


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
        return self.in_force(at).filter(_is_open(at, "offer__"))


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
    def fee_schedule(self) -> "FeeSchedule":
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


class ReleaseRow(PublishedModel):
    """公開版の行: a row that belongs to one release; saved by ``Release.publish``."""

    release: models.ForeignKey[Release, Release]

    class Meta:
        abstract = True


class FeeLine(ReleaseRow):
    """手数料の行: yen per unit; the number of units is the answer to ``unit_question``, or one."""

    release = models.ForeignKey(Release, models.PROTECT, related_name="fees", verbose_name="公開版")
    label = models.CharField("名目", max_length=100)
    amount = models.PositiveIntegerField("単価", help_text="円")
    revenue_code = models.CharField("歳入科目", max_length=20)
    unit_question = models.CharField("数量の設問", max_length=100, blank=True)
    when_question = models.CharField("適用する設問", max_length=100, blank=True)
    when_value = models.CharField("適用する回答", max_length=200, blank=True)

    def clean(self) -> None:
        """Raises ValidationError unless ``unit_question`` is a number question with a minimum of 0 or more."""
        if not self.unit_question:
            return
        pages = self.release.form_version.parsed.pages
        asked = {question.id: question for page in pages for _, question in page.questions()}.get(self.unit_question)
        if asked is None or asked.kind is not DocumentKind.NUMBER or asked.low is None or asked.low < 0:
            raise ValidationError({"unit_question": "数量の設問は、0以上を下限とする「数」の設問にしてください。"})

    class Meta:
        verbose_name = "手数料の行"
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.label


class FeeExemption(ReleaseRow):
    """減免の定め: a reduction of the fee in per cent for one answer to ``when_question``."""

    release = models.ForeignKey(Release, models.PROTECT, related_name="exemptions", verbose_name="公開版")
    label = models.CharField("減免の事由", max_length=100)
    percent = models.PositiveSmallIntegerField("減額の割合", help_text="%")
    when_question = models.CharField("適用する設問", max_length=100)
    when_value = models.CharField("適用する回答", max_length=200)

    class Meta:
        verbose_name = "減免の定め"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=Q(percent__gte=1, percent__lte=100), name="offers_exemption_is_a_share"),
        ]

    def __str__(self) -> str:
        return self.label


class FeeSchedule(NamedTuple):
    """手数料の定め: the fee lines and exemptions of a release."""

    fees: tuple[FeeLine, ...]
    exemptions: tuple[FeeExemption, ...]


CACHED_SCHEDULES = 256
_fee_schedules: dict[tuple[int, datetime], FeeSchedule] = {}


class LetterText(ReleaseRow):
    """通知書の文言: the text of one kind of decision letter of a release, with the notice of appeal 教示."""

    class Kind(models.TextChoices):
        GRANT = "grant", "認容の通知"
        PARTLY = "partly", "一部認容の通知"
        REFUSE = "refuse", "却下の通知"

    release = models.ForeignKey(Release, models.PROTECT, related_name="letters", verbose_name="公開版")
    kind = models.CharField("種類", max_length=10, choices=Kind.choices)
    title = models.CharField("標題", max_length=100)
    opening = models.TextField("本文")
    appeal = models.TextField("教示", blank=True)

    class Meta:
        verbose_name = "通知書の文言"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["release", "kind"], name="offers_one_letter_text_per_kind"),
        ]

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        """Raises ValidationError when a refusal, whole or in part, lacks the notice of appeal (行政不服審査法82条)."""
        if self.kind != self.Kind.GRANT and not self.appeal.strip():
            raise ValidationError({"appeal": "却下と一部認容の通知書には、教示を書いてください。"})
