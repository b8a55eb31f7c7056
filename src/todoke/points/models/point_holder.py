"""Point holders ポイントの持ち主: a person with points, by account, by card of paper, or both."""

import secrets

from django.db import IntegrityError, models, transaction
from django.db.models import Q, Sum
from django.utils.translation import gettext

from todoke.accounts.actors import Actor
from todoke.accounts.models import User
from todoke.audit import log
from todoke.audit.transitions import compare_and_set, stamp_once
from todoke.japanese.calendar import today
from todoke.runtime.refusals import Conflict, Refused


class PointHolder(models.Model):
    """ポイントの持ち主: one person, known by the keyed hash of the number; the number itself is not stored."""

    number = models.CharField("持ち主の番号", max_length=20, unique=True)
    person_key = models.CharField("宛名番号(読めない形)", max_length=40, unique=True)
    user = models.OneToOneField(
        User, models.PROTECT, null=True, blank=True, related_name="point_holder", verbose_name="利用者"
    )
    blocked_at = models.DateTimeField("止めた日時", null=True, blank=True)
    block_reason = models.CharField("止めた理由", max_length=200, blank=True)

    class Meta:
        verbose_name = "ポイントの持ち主"
        ordering = ["number"]
        constraints = [
            models.CheckConstraint(
                condition=Q(blocked_at=None) | ~Q(block_reason=""), name="points_blocked_with_reason"
            )
        ]

    def __str__(self) -> str:
        return self.number

    @classmethod
    @transaction.atomic
    def of(cls, person_key: str, user: User | None = None) -> "PointHolder":
        """Return the holder of a person, made where there is none, with the account of the person if one is given.

        Raises Conflict where the account belongs to another person, or the person has another account.
        """
        number = f"PH{secrets.randbelow(10**12):012}"
        holder, _ = cls.objects.get_or_create(person_key=person_key, defaults={"number": number})
        if user is None or holder.user_id == user.pk:
            return holder
        said = gettext(
            "このアカウントは、別の方のポイントに使われています。ご家族の分は、窓口でポイントカードを受け取れます。"
        )
        if holder.user_id is not None:
            raise Conflict(gettext("この方には、別のアカウントが結び付いています。窓口で確かめてください。"))
        try:
            with transaction.atomic():
                if not compare_and_set(holder, {"user": None}, user=user):
                    raise Conflict("この方のアカウントは、いま変わりました。もう一度お試しください。")
        except IntegrityError as problem:
            raise Conflict(said) from problem
        return holder

    @property
    def usable(self) -> int:
        """Return how many points can be used today."""
        live = self.grants.filter(left__gt=0, expires_on__gte=today(), expired_on=None)
        return live.aggregate(total=Sum("left"))["total"] or 0

    @transaction.atomic
    def block(self, reason: str, *, by: Actor) -> None:
        """Stop every use of the points of a person (停止). Raises Refused without a reason, Conflict when stopped."""
        if not reason.strip():
            raise Refused("止める理由を書いてください。")
        if not stamp_once(self, "blocked_at", block_reason=reason.strip()):
            raise Conflict("もう止めています。")
        log.record(self, "ポイントの利用の停止", by=by, reason=self.block_reason)

    @transaction.atomic
    def unblock(self, *, by: Actor) -> None:
        """Let the points of a person be used again (停止の解除). Raises Conflict unless they are stopped."""
        if not compare_and_set(self, {"blocked_at__isnull": False}, blocked_at=None, block_reason=""):
            raise Conflict("止めていません。")
        log.record(self, "ポイントの利用の停止の解除", by=by)
