"""Notices 障害のお知らせ of an incident: drafted, then published; immutable once sent."""

from typing import Any, ClassVar

from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone

from todoke.accounts.actors import Actor
from todoke.audit.log import record
from todoke.audit.transitions import Transitions, stamp_once, transition
from todoke.japanese.calendar import JAPAN
from todoke.notices.outbox import Recipient, enqueue
from todoke.organization.models import Department, Tenure
from todoke.runtime.links import absolute
from todoke.runtime.refusals import Refused
from todoke.systems.models.incident import Incident, IncidentStep
from todoke.systems.models.register import departments_by_system


def current_chiefs(departments: list[Department]) -> list[Recipient]:
    """Return the chiefs of the departments who hold the post today, once each."""
    held = Tenure.objects.current().chiefs().filter(post__department__in=departments)
    people = {tenure.user_id: tenure.user for tenure in held.select_related("user")}
    return [Recipient.of(user) for user in people.values()]


def _moment(at: Any) -> str:
    return f"{at.astimezone(JAPAN):%Y年%-m月%-d日 %-H時%M分}"


def draft_text(incident: Incident, audience: str) -> tuple[str, str]:
    """Return subject and body of a first draft, generated from the record, for a person to edit."""
    outages = list(incident.outages.all())
    going = any(each.ends_at is None for each in outages)
    begun = _moment(outages[0].starts_at if outages else incident.detected_at)
    state = "停止しています" if going or not outages else "復旧しました"
    ends = [each.ends_at for each in outages if each.ends_at]
    lines = [f"{begun}から、{incident.system}で次のことが起きました。", incident.symptoms]
    lines.append("いまも続いています。" if going or not ends else f"{_moment(max(ends))}に復旧しました。")
    others = incident.steps.filter(kind=IncidentStep.Kind.ALTERNATIVE).values_list("text", flat=True)
    lines += ["", "代わりの方法:", *(f"・{text}" for text in others)] if others else []
    if audience == IncidentNotice.Audience.SECTIONS:
        names = [f"・{each.procedure.number} {each.procedure.title}" for each in incident.affected_procedures()[:30]]
        lines += ["", "影響する手続(台帳から):", *names] if names else []
    else:
        lines += [
            "",
            "期限のある手続については、停止の影響で間に合わなかった場合の扱いを、担当の課へおたずねください。",
        ]
    cause = incident.direct_cause or "調査中です。分かりしだい、このお知らせを改めます。"
    return f"{incident.system}が{state}", "\n".join([*lines, "", f"原因: {cause}"])


class IncidentNotice(models.Model):
    """障害のお知らせ: a notice of an incident to departments or the public; immutable once sent."""

    class Audience(models.TextChoices):
        SECTIONS = "sections", "影響する部署の課長"
        PUBLIC = "public", "区民(公開のページ)"

    class Status(models.TextChoices):
        DRAFT = "draft", "案"
        SENT = "sent", "知らせた"

    NEXT: ClassVar[Transitions] = {Status.DRAFT: frozenset({Status.SENT}), Status.SENT: frozenset()}

    incident = models.ForeignKey(Incident, models.CASCADE, related_name="notices", verbose_name="障害")
    audience = models.CharField("知らせる相手", max_length=10, choices=Audience)
    subject = models.CharField("件名", max_length=100)
    body = models.TextField("本文")
    status = models.CharField("状態", max_length=10, choices=Status, default=Status.DRAFT)
    sent_at = models.DateTimeField("知らせた日時", null=True, blank=True)
    ends_with_incident = models.BooleanField("障害が終わると取り下げる", default=False, db_default=False)
    withdrawn_at = models.DateTimeField("取り下げた日時", null=True, blank=True)
    sent_to = models.PositiveIntegerField("送った人数", null=True, blank=True)

    class Meta:
        verbose_name = "障害のお知らせ"
        ordering = ["incident", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(status="draft") | Q(sent_at__isnull=False), name="systems_a_sent_notice_has_a_time"
            )
        ]

    def __str__(self) -> str:
        return self.subject

    @property
    def why_closed(self) -> str:
        return "知らせたあとの文は書き換えられません。新しいお知らせを作ってください。" if self.sent_at else ""

    @classmethod
    @transaction.atomic
    def draft(cls, incident: Incident, *, audience: str, by: Actor) -> "IncidentNotice":
        """Create a draft from the record (お知らせの案)."""
        subject, body = draft_text(incident, audience)
        notice = cls.objects.create(incident=incident, audience=audience, subject=subject, body=body)
        record(notice, "障害のお知らせの案", by=by, after={"障害": incident.number, "相手": audience})
        return notice

    @transaction.atomic
    def withdraw(self, *, by: Actor) -> bool:
        """Take the notice off the public page, or drop its draft (取下げ); False when it was withdrawn before."""
        if not stamp_once(self, "withdrawn_at"):
            return False
        record(self, "障害のお知らせの取下げ", by=by, after={"障害": self.incident.number})
        return True

    @transaction.atomic
    def send(self, *, by: Actor) -> int:
        """Send to the chiefs or publish on the public page; return how many mails. Raises Refused when sent before."""
        if not transition(self, IncidentNotice.Status.SENT, read={"withdrawn_at": None}, sent_at=timezone.now()):
            raise Refused("このお知らせは、もう知らせてあるか、取り下げられています。")
        people = []
        if self.audience == IncidentNotice.Audience.SECTIONS:
            people = current_chiefs(departments_by_system([self.incident.system])[self.incident.system.pk])
        for each in people:
            enqueue(
                "incident-notice", to=each, about=f"障害 {self.incident.number}", by=by,
                context={"name": each.name, "subject": self.subject, "body": self.body,
                         "url": absolute("board:incident", self.incident.number)},
            )  # fmt: skip
        IncidentNotice.objects.filter(pk=self.pk).update(sent_to=len(people))
        self.refresh_from_db()
        record(self, "障害のお知らせ", by=by, after={"送った人数": len(people)})
        return len(people)
