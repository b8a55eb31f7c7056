"""Briefings 説明会: the section explains a draft; what is said there is an opinion only where the rule allows it."""

from datetime import datetime
from typing import Any

from django.db import models, transaction
from django.db.models import Q

from todoke.accounts.models import User
from todoke.audit.log import record
from todoke.audit.transitions import compare_and_set
from todoke.runtime.refusals import Conflict, Refused
from todoke.voices.models.consultation import Consultation
from todoke.voices.seen_text import is_as_seen

LONGEST = 20_000


class Briefing(models.Model):
    """説明会: when and where a draft is explained, in a room or online, and afterwards what was said."""

    consultation = models.ForeignKey(Consultation, models.CASCADE, related_name="briefings", verbose_name="意見募集")
    starts_at = models.DateTimeField("始まりの日時")
    place = models.CharField("会場", max_length=200, blank=True)
    online_address = models.URLField("オンラインのアドレス", max_length=300, blank=True)
    capacity = models.PositiveSmallIntegerField("定員", null=True, blank=True)
    sign_language = models.BooleanField("手話通訳がある", default=False)
    material = models.FileField("資料", upload_to="briefings/%Y/", max_length=200, blank=True)
    minutes = models.TextField("説明会の記録", max_length=LONGEST, blank=True)

    class Meta:
        verbose_name = "説明会"
        ordering = ["consultation", "starts_at"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(place="") | ~Q(online_address=""), name="voices_a_briefing_is_somewhere",
                violation_error_message="会場か、オンラインのアドレスを書いてください。",
            ),
            models.UniqueConstraint(fields=["consultation", "starts_at", "place"], name="voices_one_briefing_each"),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"説明会 {self.place or 'オンライン'}"

    @classmethod
    @transaction.atomic
    def plan(cls, of: Consultation, *, starts_at: datetime, by: User, **facts: Any) -> "Briefing":
        """説明会の予定: announce it with the draft, or later while opinions are taken. Raises NotAllowed, Refused."""
        of.require_running(by)
        of.require_status(Consultation.Status.DRAFT, Consultation.Status.ANNOUNCED)
        if not facts.get("place") and not facts.get("online_address"):
            raise Refused("会場か、オンラインのアドレスを書いてください。")
        if of.briefings.filter(starts_at=starts_at, place=facts.get("place", "")).exists():
            raise Refused("同じ日時と会場の説明会が、もうあります。")
        made = cls.objects.create(consultation=of, starts_at=starts_at, **facts)
        record(of, "説明会の予定", by=by, after={"日時": starts_at, "会場": made.place})
        return made

    @transaction.atomic
    def write_minutes(self, minutes: str, *, seen: str, by: User) -> None:
        """説明会の記録: say in public what was said there. Raises NotAllowed, Refused, Conflict."""
        self.consultation.require_running(by)
        if not minutes.strip():
            raise Refused("説明会の記録を書いてください。公表されます。")
        before = self.minutes
        if not is_as_seen(before, seen) or not compare_and_set(self, {"minutes": before}, minutes=minutes.strip()):
            raise Conflict("ほかの人が先に書きました。いまの記録を確かめてください。")
        record(self.consultation, "説明会の記録", by=by, after={"説明会": str(self)})
