"""Listing requests 登録の依頼: procedures that the inventory lacks, asked for by a department."""

import secrets
from typing import ClassVar

from django.db import models
from django.db.models import Q

from todoke.accounts.models import User
from todoke.audit.transitions import Transitions
from todoke.organization.models import Department
from todoke.procedures.codes import Party
from todoke.procedures.models.municipal import LegalBasis
from todoke.procedures.models.procedure import Procedure
from todoke.procedures.permissions import LIST_PROCEDURE, REQUEST_LISTING


def _token() -> str:
    return secrets.token_hex(8)


class ListingRequestQuerySet(models.QuerySet["ListingRequest"]):
    def waiting(self) -> "ListingRequestQuerySet":
        """回答待ち: requests that nobody has answered."""
        return self.filter(status=ListingRequest.Status.WAITING)

    def visible_to(self, user: User) -> "ListingRequestQuerySet":
        """All for those who answer; for others those of their departments and their own."""
        if LIST_PROCEDURE.held_by(user):
            return self.all()
        return self.filter(Q(department__in=REQUEST_LISTING.departments_of(user)) | Q(requested_by=user))


class ListingRequest(models.Model):
    """登録の依頼: a procedure that the inventory lacks, as somebody describes it; not public before it is listed."""

    class Status(models.TextChoices):
        WAITING = "waiting", "回答待ち"
        LISTED = "listed", "台帳に加えた"
        DECLINED = "declined", "加えない"

    NEXT: ClassVar[Transitions] = {
        Status.WAITING: frozenset({Status.LISTED, Status.DECLINED}),
        Status.LISTED: frozenset(),
        Status.DECLINED: frozenset(),
    }

    class Source(models.TextChoices):
        PAGE = "page", "画面"
        ROUND = "round", "棚卸のブック"

    class Filer(models.TextChoices):
        PEOPLE = Party.PEOPLE, "個人"
        BUSINESS = Party.BUSINESS, "事業者"
        BOTH = Party.PEOPLE_OR_BUSINESS, "個人と事業者"
        AUTHORITY = Party.LOCAL, "国や自治体などの機関"

    token = models.CharField("依頼番号", max_length=20, unique=True, default=_token)
    title = models.CharField("手続名", max_length=400, help_text="条例・規則や様式にある正式な名前。")
    plain_name = models.CharField(
        "わかりやすい名前", max_length=60, blank=True, help_text="住民がふだん使う言い方。例: 学童保育の申込み"
    )
    department = models.ForeignKey(Department, models.PROTECT, related_name="+", verbose_name="所管部署")
    filer = models.CharField("だれが出すか", max_length=3, choices=Filer, default=Filer.PEOPLE)
    rank = models.CharField("根拠の種別", max_length=20, choices=LegalBasis.Rank, default=LegalBasis.Rank.ORDINANCE)
    law = models.CharField(
        "根拠の名称",
        max_length=300,
        blank=True,
        help_text="条例・規則・要綱などの名前。分からないときは空けておきます。",
    )
    article = models.CharField("条項号", max_length=120, blank=True)
    search_words = models.CharField(
        "さがす言葉",
        max_length=300,
        blank=True,
        help_text="住民がさがすときの言葉を空白で区切ります。例: 学童 学童保育",
    )
    note = models.TextField("伝えること", max_length=2000, blank=True)
    source = models.CharField("経路", max_length=10, choices=Source, default=Source.PAGE)
    status = models.CharField("状態", max_length=10, choices=Status, default=Status.WAITING)
    requested_at = models.DateTimeField("依頼日時", auto_now_add=True)
    requested_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="依頼した人")
    settled_at = models.DateTimeField("回答日時", null=True, blank=True)
    settled_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="回答した人")
    answer = models.CharField("加えない理由", max_length=300, blank=True)
    procedure = models.OneToOneField(
        Procedure, models.PROTECT, null=True, blank=True, related_name="listing_request", verbose_name="加えた手続"
    )

    objects = ListingRequestQuerySet.as_manager()

    class Meta:
        verbose_name = "登録の依頼"
        ordering = ["-requested_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(status="listed", procedure__isnull=False) | (~Q(status="listed") & Q(procedure=None)),
                name="procedures_listed_request_has_its_procedure",
            ),
            models.CheckConstraint(
                condition=~Q(status="declined") | ~Q(answer=""), name="procedures_declined_request_says_why"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def can_settle(self, user: User) -> bool:
        """Headquarters and designers."""
        return LIST_PROCEDURE.held_by(user)
