"""Extensions 募集期間の延長: a longer period by a notice, as after an outage in the last hours."""

from datetime import date

from django.db import models, transaction
from django.db.models import F, Q
from django.utils import timezone

from todoke.accounts.models import User
from todoke.audit.log import record
from todoke.audit.transitions import compare_and_set
from todoke.runtime.refusals import Conflict, Refused
from todoke.systems.models import Incident
from todoke.voices.follower_queue import EXTENDED, queue_news
from todoke.voices.models.consultation import Consultation


class ConsultationExtension(models.Model):
    """募集期間の延長: the last day before and after, why, and the outage that it makes good."""

    consultation = models.ForeignKey(Consultation, models.CASCADE, related_name="extensions", verbose_name="意見募集")
    before = models.DateField("前の最終日")
    after = models.DateField("新しい最終日")
    reason = models.CharField("延長の理由", max_length=300)
    incident = models.ForeignKey(Incident, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="障害")
    noticed_at = models.DateTimeField("公示日時", default=timezone.now)
    noticed_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="公示した人")

    class Meta:
        verbose_name = "募集期間の延長"
        ordering = ["consultation", "noticed_at"]
        constraints = [
            models.CheckConstraint(condition=Q(after__gt=F("before")), name="voices_an_extension_is_longer"),
            models.CheckConstraint(condition=~Q(reason=""), name="voices_an_extension_has_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.before} → {self.after}"

    @classmethod
    @transaction.atomic
    def notice(
        cls, of: Consultation, *, after: date, reason: str, by: User, incident: Incident | None = None
    ) -> "ConsultationExtension":
        """延長の公示: move the last day, and judge every arrival again that no person has judged.

        A consultation whose intake has ended is opened again as long as nothing was answered.

        Raises NotAllowed, Refused, Conflict.
        """
        of.require_running(by)
        of.hold(Consultation.Status.ANNOUNCED, Consultation.Status.ANSWERING)
        before = of.closes_on
        if after <= before or not reason.strip():
            raise Refused("いまの最終日より後の日と、延長の理由を書いてください。")
        if of.status == Consultation.Status.ANSWERING:
            of.reopen(by=by)
        read = {"closes_on": before, "status": Consultation.Status.ANNOUNCED}
        if not compare_and_set(of, read, closes_on=after, days=of.days + (after - before).days):
            raise Conflict("ほかの人が先に期間を変えました。画面を開き直してください。")
        for each in of.channel_terms().values():
            each.last_at = of.last_moment(each.channel)
            each.save(update_fields=["last_at"])
        made = cls.objects.create(
            consultation=of, before=before, after=after, reason=reason, incident=incident, noticed_by=by
        )
        record(of, "募集期間の延長", by=by, before={"最終日": before}, after={"最終日": after}, reason=reason)
        of.rejudge(by=by)
        queue_news(of, f"{EXTENDED}-{made.pk}")
        return made
