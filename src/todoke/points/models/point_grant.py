"""Point grants ポイントの付与: once a person; used by redemptions, ended at the expiry date."""

import secrets
from collections import defaultdict
from collections.abc import Sequence
from datetime import date, timedelta

from django.db import IntegrityError, models, transaction
from django.db.models import F, Q
from django.utils.translation import gettext

from todoke.accounts.actors import Actor, System, user_of
from todoke.accounts.models import User
from todoke.audit import log
from todoke.audit.transitions import compare_and_set, stamp_once
from todoke.japanese.calendar import today
from todoke.payments import ledger_accounts
from todoke.payments.models import Journal
from todoke.points.models.eligible_person import EligiblePerson
from todoke.points.models.point_holder import PointHolder
from todoke.points.models.point_program import AlreadyGranted, PointProgram
from todoke.runtime.refusals import Conflict, NotAllowed, Refused

ACTS_OF_STAFF = {EligiblePerson.Way.COUNTER, EligiblePerson.Way.PROXY}


class PointGrant(models.Model):
    """ポイントの付与: the points of one person in one programme, and what is left of them."""

    BACK_FOR = timedelta(days=14)
    """How long points that come back after their expiry can be used."""

    program = models.ForeignKey(PointProgram, models.PROTECT, related_name="grants", verbose_name="事業")
    number = models.CharField("付与番号", max_length=20, unique=True)
    eligible = models.ForeignKey(
        EligiblePerson, models.PROTECT, null=True, blank=True, related_name="grants", verbose_name="対象者"
    )
    holder = models.ForeignKey(
        PointHolder, models.PROTECT, null=True, blank=True, related_name="grants", verbose_name="持ち主"
    )
    resident_hash = models.CharField("宛名番号(読めない形)", max_length=40, blank=True)
    user = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="point_grants", verbose_name="利用者"
    )
    points = models.PositiveIntegerField("付与ポイント")
    left = models.PositiveIntegerField("残り")
    expired_points = models.PositiveIntegerField("失効したポイント", default=0, db_default=0)
    granted_on = models.DateField("付与日")
    expires_on = models.DateField("有効期限")
    expired_on = models.DateField("失効日", null=True, blank=True)
    cancelled_at = models.DateTimeField("取り消した日時", null=True, blank=True)
    cancel_reason = models.CharField("取消しの理由", max_length=200, blank=True)

    class Meta:
        db_table = "payments_pointgrant"
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
            models.UniqueConstraint(
                fields=["eligible"], condition=Q(cancelled_at=None), name="points_one_grant_per_person"
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

    @classmethod
    @transaction.atomic
    def claim(
        cls, person: EligiblePerson, *, way: EligiblePerson.Way, by: Actor, user: User | None = None,
        on: date | None = None,
    ) -> "PointGrant":  # fmt: skip
        """Grant a person of the list the points once (付与), to the card of paper or the account of the person.

        Raises AlreadyGranted, NotAllowed for a clerk's own points, Refused for a budget that does not suffice and
        what ``require_open`` refuses.
        """
        day, program = on or today(), person.program
        program.require_open(day)
        if way in ACTS_OF_STAFF and user is not None and user == user_of(by):
            raise NotAllowed("自分には付与できません。ほかの職員に頼んでください。")
        if not stamp_once(person, "claimed_at", way=way):
            raise AlreadyGranted(gettext("この方には、もう付与しています。二度は付与できません。"))
        if not program.commit():
            raise Refused(
                gettext("この事業の予算は、もう付与し終えました。何も付与していません。担当の部署に知らせてください。")
            )
        holder = PointHolder.of(person.person_key, user)
        try:
            with transaction.atomic():
                grant = cls.objects.create(
                    program=program, number=f"PT{secrets.randbelow(10**12):012}", eligible=person, holder=holder,
                    resident_hash=person.person_key, user=holder.user, points=program.points, left=program.points,
                    granted_on=day, expires_on=program.expires_on,
                )  # fmt: skip
        except IntegrityError as problem:
            raise AlreadyGranted(gettext("このアカウントには、もう付与しています。二度は付与できません。")) from problem
        grant.book(Journal.Kind.GRANTED, (ledger_accounts.POINT_COST, grant.points), ledger_accounts.POINTS)
        log.record(grant, "ポイントの付与", by=by, after={"program": program.code, "points": grant.points, "way": way})
        return grant

    def book(self, kind: Journal.Kind, debit: tuple[str, int], credit: str) -> Journal:
        """Post a journal of points; one point is one yen."""
        account, points = debit
        return Journal.post(kind, self.number, [(account, points), (credit, -points)])

    @staticmethod
    def journals_of(grants: "Sequence[PointGrant]") -> "list[tuple[PointGrant, list[Journal]]]":
        """Return the journals of each grant, oldest first, each with its ``points``, in one query."""
        sides, found = models.Q(lines__yen__gt=0), defaultdict[str, list[Journal]](list)
        rows = Journal.objects.filter(about__in=[grant.number for grant in grants])
        for row in rows.annotate(points=models.Sum("lines__yen", filter=sides)).order_by("pk"):
            found[row.about].append(row)
        return [(grant, found[grant.number]) for grant in grants]

    def take(self, points: int) -> Journal | None:
        """Take points for a use and book it; None when fewer are left or they have ended meanwhile."""
        enough = {"left__gte": points, "expires_on__gte": today(), "expired_on": None}
        if not compare_and_set(self, enough, left=F("left") - points):
            return None
        return self.book(Journal.Kind.SPENT, (ledger_accounts.POINTS, points), ledger_accounts.POINTS_OWED)

    def give_back(self, points: int) -> Journal:
        """Put points of a cancelled use back and book it, expired ones for 14 days more. Raises Conflict."""
        later = max(self.expires_on, today() + self.BACK_FOR) if self.expires_on < today() else self.expires_on
        changes = {"left": F("left") + points, "expired_on": None, "expires_on": later}
        if not compare_and_set(self, {"left__lte": self.points - points, "cancelled_at": None}, **changes):
            raise Conflict("この付与には、もう戻せません。")
        return self.book(Journal.Kind.UNSPENT, (ledger_accounts.POINTS_OWED, points), ledger_accounts.POINTS)

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
        if self.eligible is not None:
            compare_and_set(self.eligible, {}, claimed_at=None, way="")
        self.program.release()
        self.book(Journal.Kind.CORRECTION, (ledger_accounts.POINTS, self.points), ledger_accounts.POINT_COST)
        log.record(self, "ポイントの付与の取消し", by=by, after={"points": self.points, "reason": self.cancel_reason})

    @classmethod
    def expire(cls, on: date | None = None) -> int:
        """Expire unused points (失効) whose last day has passed; idempotent. Returns how many grants expired."""
        day, ended = on or today(), 0
        for grant in cls.objects.filter(expires_on__lt=day, left__gt=0, expired_on__isnull=True).iterator():
            with transaction.atomic():
                left = grant.left
                gone = F("expired_points") + left
                if stamp_once(grant, "expired_on", day, read={"left": left}, left=0, expired_points=gone):
                    grant.book(Journal.Kind.EXPIRED, (ledger_accounts.POINTS, left), ledger_accounts.POINT_COST)
                    log.record(grant, "ポイントの失効", by=System("失効"), after={"points": left})
                    ended += 1
        return ended
