"""Points ポイント: local points on the same ledger, one yen each; granted once a person, with an expiry date."""

import hashlib
import hmac
import re
import secrets
from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from django.conf import settings
from django.db import IntegrityError, models, transaction
from django.db.models import F, Q

from todoke.accounts.actors import Actor, System
from todoke.accounts.models import User
from todoke.audit import log
from todoke.audit.transitions import compare_and_set, stamp_once
from todoke.japanese.calendar import today
from todoke.japanese.identifiers import identifier_key
from todoke.payments import ledger_accounts
from todoke.payments.models.ledger import Journal
from todoke.runtime.links import path_to
from todoke.runtime.refusals import Conflict, Refused

RESIDENT_NUMBER = re.compile("[0-9A-Z]{4,15}")


class AlreadyGranted(Conflict):
    """The person has the points of this programme already (付与済み)."""


class PointProgram(models.Model):
    """ポイント事業: a programme that grants points once a person, valid until a date."""

    code = models.SlugField("事業コード", max_length=16, unique=True)
    title = models.CharField("事業名", max_length=100)
    points = models.PositiveIntegerField("付与ポイント", help_text="1ポイントは1円")
    starts_on = models.DateField("付与の初日")
    ends_on = models.DateField("付与の末日")
    expires_on = models.DateField("有効期限")

    class Meta:
        verbose_name = "ポイント事業"
        ordering = ["-starts_on", "code"]
        constraints = [
            models.CheckConstraint(condition=Q(points__gt=0), name="payments_program_gives_something"),
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on"), expires_on__gte=F("ends_on")),
                name="payments_program_days_in_order",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @transaction.atomic
    def grant(self, *, by: Actor, user: User | None = None, resident: str = "", on: date | None = None) -> "PointGrant":
        """Grant the points once (付与), to an account, a resident's number or both; either of them counts once.

        Raises AlreadyGranted, and Refused for neither of the two, for a number that can be none, or outside the days
        of the programme.
        """
        day, number = on or today(), identifier_key(resident)
        if user is None and not number:
            raise Refused("利用者か宛名番号を指定してください。")
        if number and not RESIDENT_NUMBER.fullmatch(number):
            raise Refused(
                "宛名番号は、英字と数字4〜15文字で入れてください。全角や、ハイフンの有り無しはどちらでもかまいません。"
            )
        if not self.starts_on <= day <= self.ends_on:
            raise Refused("この事業の付与期間ではありません。")
        try:
            with transaction.atomic():
                grant = self.grants.create(
                    number=f"PT{secrets.randbelow(10**12):012}", user=user, points=self.points, left=self.points,
                    resident_hash=resident_hash(number) if number else "", granted_on=day, expires_on=self.expires_on,
                )  # fmt: skip
        except IntegrityError as problem:
            said = "この方には、もう付与しています。付与の一覧で確かめてください。"
            raise AlreadyGranted(said, link=path_to("office:points-program", self.code)) from problem
        grant.book(Journal.Kind.GRANTED, (ledger_accounts.POINT_COST, self.points), ledger_accounts.POINTS)
        log.record(grant, "ポイントの付与", by=by, after={"program": self.code, "points": self.points})
        return grant


def resident_hash(number: str) -> str:
    """Return the keyed hash under which the key of a resident's number is compared; the number is not stored."""
    return hmac.new(settings.SECRET_KEY.encode(), f"points:{number}".encode(), hashlib.sha256).hexdigest()[:40]


class PointGrant(models.Model):
    """ポイントの付与: the points of one person in one programme, and what is left of them."""

    program = models.ForeignKey(PointProgram, models.PROTECT, related_name="grants", verbose_name="事業")
    number = models.CharField("付与番号", max_length=20, unique=True)
    resident_hash = models.CharField("宛名番号(読めない形)", max_length=40, blank=True)
    user = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="point_grants", verbose_name="利用者"
    )
    points = models.PositiveIntegerField("付与ポイント")
    left = models.PositiveIntegerField("残り")
    granted_on = models.DateField("付与日")
    expires_on = models.DateField("有効期限")
    expired_on = models.DateField("失効日", null=True, blank=True)
    cancelled_at = models.DateTimeField("取り消した日時", null=True, blank=True)
    cancel_reason = models.CharField("取消しの理由", max_length=200, blank=True)

    class Meta:
        verbose_name = "ポイントの付与"
        ordering = ["-granted_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["program", "user"], condition=Q(cancelled_at=None), name="payments_one_grant_per_account"
            ),
            models.UniqueConstraint(
                fields=["program", "resident_hash"],
                condition=Q(cancelled_at=None) & ~Q(resident_hash=""),
                name="payments_one_grant_per_resident",
            ),
            models.CheckConstraint(
                condition=Q(user__isnull=False) | ~Q(resident_hash=""), name="payments_grant_has_a_holder"
            ),
            models.CheckConstraint(
                condition=Q(cancelled_at=None) | (Q(left=0) & ~Q(cancel_reason="")),
                name="payments_cancelled_with_reason",
            ),
            models.CheckConstraint(condition=Q(left__lte=F("points")), name="payments_points_left_within_grant"),
        ]
        indexes = [models.Index(fields=["expires_on", "left"], name="payments_points_expiry")]

    def __str__(self) -> str:
        return self.number

    def book(self, kind: Journal.Kind, debit: tuple[str, int], credit: str) -> None:
        """Post a journal of points; one point is one yen."""
        account, points = debit
        Journal.post(kind, self.number, [(account, points), (credit, -points)])

    @staticmethod
    def journals_of(grants: "Sequence[PointGrant]") -> "list[tuple[PointGrant, list[Journal]]]":
        """Return the journals of each grant, oldest first, each with its ``points``, in one query."""
        sides, found = models.Q(lines__yen__gt=0), defaultdict[str, list[Journal]](list)
        rows = Journal.objects.filter(about__in=[grant.number for grant in grants])
        for row in rows.annotate(points=models.Sum("lines__yen", filter=sides)).order_by("pk"):
            found[row.about].append(row)
        return [(grant, found[grant.number]) for grant in grants]

    @transaction.atomic
    def spend(self, points: int, *, by: Actor) -> bool:
        """Use points (利用); False when fewer are left or they have expired. Raises Refused unless above zero."""
        if points <= 0:
            raise Refused("1ポイント以上を指定してください。")
        enough = {"left__gte": points, "expires_on__gte": today(), "expired_on": None}
        if not compare_and_set(self, enough, left=F("left") - points):
            return False
        self.refresh_from_db()
        self.book(Journal.Kind.SPENT, (ledger_accounts.POINTS, points), ledger_accounts.POINTS_OWED)
        log.record(self, "ポイントの利用", by=by, after={"points": points, "left": self.left})
        return True

    @transaction.atomic
    def cancel(self, reason: str, *, by: Actor) -> None:
        """Take the whole grant back (付与の取消し), which may then be granted anew.

        Raises Refused without a reason, Conflict once any point was used or has expired.
        """
        if not reason.strip():
            raise Refused("取り消す理由を書いてください。")
        unused = {"left": self.points, "expired_on": None}
        if not stamp_once(self, "cancelled_at", read=unused, left=0, cancel_reason=reason.strip()):
            raise Conflict(
                "使われたか失効したポイント、取り消し済みのポイントは取り消せません。残りを確かめてください。"
            )
        self.book(Journal.Kind.CORRECTION, (ledger_accounts.POINTS, self.points), ledger_accounts.POINT_COST)
        log.record(self, "ポイントの付与の取消し", by=by, after={"points": self.points, "reason": self.cancel_reason})

    @classmethod
    def expire(cls, on: date | None = None) -> int:
        """Expire unused points (失効) of programmes that have ended; idempotent. Returns how many grants expired."""
        day, ended = on or today(), 0
        for grant in cls.objects.filter(expires_on__lt=day, left__gt=0, expired_on__isnull=True):
            with transaction.atomic():
                left = grant.left
                if stamp_once(grant, "expired_on", day, read={"left": left}, left=0):
                    grant.book(Journal.Kind.EXPIRED, (ledger_accounts.POINTS, left), ledger_accounts.POINT_COST)
                    log.record(grant, "ポイントの失効", by=System("失効"), after={"points": left})
                    ended += 1
        return ended
