"""Consultation channels 提出方法: the ways to send an opinion, until when, and by what each is judged."""

from typing import Any

from django.db import models, transaction
from django.db.models import Q

from todoke.accounts.models import User
from todoke.audit.log import record
from todoke.audit.transitions import compare_and_set
from todoke.runtime.refusals import Conflict, Refused
from todoke.systems.models import Incident, InformationSystem, Outage
from todoke.voices.arrival import WATCHED, Basis, Channel, ChannelTerms, OutageSpan
from todoke.voices.models.consultation import Consultation


class ConsultationChannel(models.Model):
    """提出方法: one way to send an opinion, until when, and by what post is judged."""

    consultation = models.ForeignKey(Consultation, models.CASCADE, related_name="channels", verbose_name="意見募集")
    channel = models.CharField("方法", max_length=4, choices=Channel)
    basis = models.CharField("期限の考え方", max_length=8, choices=Basis, default=Basis.ARRIVAL)
    last_at = models.DateTimeField("期限")
    arrival_limit = models.DateField("到着の期限", null=True, blank=True)
    address = models.CharField("あて先", max_length=200, blank=True)
    desk_hours = models.CharField("窓口の時間", max_length=100, blank=True)
    system = models.ForeignKey(
        InformationSystem, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="情報システム"
    )

    class Meta:
        verbose_name = "提出方法"
        ordering = ["consultation", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["consultation", "channel"], name="voices_one_row_per_channel"),
            models.CheckConstraint(
                condition=Q(basis="arrival", arrival_limit=None)
                | Q(basis="postmark", channel="post", arrival_limit__isnull=False),
                name="voices_a_postmark_is_of_post_and_has_a_limit",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_channel_display()} {self.get_basis_display()}"

    @classmethod
    @transaction.atomic
    def offer(cls, of: Consultation, channel: str, *, by: User, offered: bool = True, **facts: Any) -> None:
        """提出方法の登録: offer a way before the notice, with its address and terms, or leave it out.

        Raises NotAllowed, Refused.
        """
        of.require_running(by)
        of.require_status(Consultation.Status.DRAFT)
        if channel == Channel.ORAL and offered and not of.rule.oral_allowed:
            raise Refused(f"{of.rule}では、口頭の意見を受け付けません。")
        if facts.get("basis") == Basis.POSTMARK and (channel != Channel.POST or facts.get("arrival_limit") is None):
            raise Refused("消印有効にできるのは郵送だけで、到着の期限が必要です。")
        if facts.get("basis") != Basis.POSTMARK:
            facts["arrival_limit"] = None
        if not offered:
            of.channels.filter(channel=channel).delete()
        else:
            of.channels.update_or_create(
                channel=channel, defaults=facts, create_defaults={**facts, "last_at": of.last_moment(channel)}
            )
        record(of, "提出方法の登録", by=by, after={"方法": Channel(channel).label, "受け付ける": offered})

    @transaction.atomic
    def name_system(self, system: InformationSystem | None, *, by: User) -> int:
        """情報システムの登録: say which system takes the opinions, judge them by its outages; return how many moved.

        Raises NotAllowed, Conflict.
        """
        of = self.consultation
        of.require_running(by)
        if not compare_and_set(self, {"system": self.system_id}, system=system):
            raise Conflict("ほかの人が先に直しました。画面を開き直してください。")
        record(of, "受付の情報システムの登録", by=by, after={"システム": str(system or "")})
        return of.rejudge(by=by, channels=[self.channel])

    def outages(self) -> list[OutageSpan]:
        """Return the outages of its system that touch the last 24 hours; one query, none without a system."""
        return [OutageSpan(str(each.incident), each.starts_at, each.ends_at) for each in self._outages()]

    def hindering_incident(self) -> Incident | None:
        """Return the incident of the last of those outages."""
        found = self._outages()
        return found[-1].incident if found else None

    def _outages(self) -> list[Outage]:
        if self.channel != Channel.WEB or self.system_id is None:
            return []
        rows = Outage.objects.filter(incident__system=self.system_id, starts_at__lte=self.last_at)
        rows = rows.filter(Q(ends_at=None) | Q(ends_at__gte=self.last_at - WATCHED)).select_related("incident")
        return list(rows.order_by("starts_at"))

    def terms(self) -> ChannelTerms:
        """Return by what an arrival of this way is judged."""
        return ChannelTerms(self.channel, self.last_at, self.basis, self.arrival_limit, self.outages())
