"""Telework days テレワーク日: planned by the person within the rule, approved by the chief, done by the person."""

from datetime import date
from typing import Any, ClassVar

from django.db import IntegrityError, models, transaction
from django.db.models import F, Q
from django.utils import timezone

from todoke.accounts.models import User
from todoke.audit.log import lock_subject, record
from todoke.audit.transitions import Transitions, transition
from todoke.japanese.calendar import today
from todoke.organization.models import Department, Tenure
from todoke.runtime.refusals import Conflict, NotAllowed, Refused
from todoke.workforce.models.month_sheet import token
from todoke.workforce.models.telework_trial import TeleworkRule
from todoke.workforce.permissions import APPROVE_TELEWORK
from todoke.workforce.section_members import members_of, section_of
from todoke.workforce.telework_fairness import cap_refusal, newcomer_refusal, on_site_refusal, week_of


class TeleworkDayQuerySet(models.QuerySet["TeleworkDay"]):
    def visible_to(self, user: User) -> "TeleworkDayQuerySet":
        """A person's own days and those of the sections that they approve."""
        sections = [each.pk for each in APPROVE_TELEWORK.departments_of(user)]
        return self.filter(Q(user=user) | Q(department__in=sections))

    def waiting_for(self, user: User) -> "TeleworkDayQuerySet":
        """Planned days that a person may approve."""
        sections = [each.pk for each in APPROVE_TELEWORK.departments_of(user)]
        return self.filter(status="planned", department__in=sections).exclude(user=user)

    def standing(self) -> "TeleworkDayQuerySet":
        """Days that are planned, approved or done."""
        return self.filter(status__in=["planned", "approved", "done"])

    def done(self) -> "TeleworkDayQuerySet":
        """Days on which somebody worked elsewhere."""
        return self.filter(status="done")


class TeleworkDay(models.Model):
    """テレワーク日: a whole or half day elsewhere, planned by the person, approved by the chief, done by the person."""

    class Status(models.TextChoices):
        PLANNED = "planned", "計画"
        APPROVED = "approved", "承認"
        DONE = "done", "実施"
        REFUSED = "refused", "不承認"
        WITHDRAWN = "withdrawn", "取消し"

    NEXT: ClassVar[Transitions] = {
        Status.PLANNED: frozenset({Status.APPROVED, Status.REFUSED, Status.WITHDRAWN}),
        Status.APPROVED: frozenset({Status.DONE, Status.WITHDRAWN}),
        Status.DONE: frozenset(),
        Status.REFUSED: frozenset(),
        Status.WITHDRAWN: frozenset(),
    }

    token = models.CharField("番号", max_length=16, unique=True, default=token)
    user = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="職員")
    department = models.ForeignKey(Department, models.PROTECT, related_name="+", verbose_name="部署")
    on = models.DateField("日付")
    halves = models.PositiveSmallIntegerField("長さ", choices=[(1, "半日"), (2, "1日")], default=2)
    tasks = models.CharField("する業務", max_length=200)
    status = models.CharField("状態", max_length=10, choices=Status, default=Status.PLANNED)
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="決めた人")
    answer = models.CharField("不承認の理由", max_length=200, blank=True)
    planned_at = models.DateTimeField("計画した日時", default=timezone.now)

    objects = TeleworkDayQuerySet.as_manager()

    class Meta:
        verbose_name = "テレワーク日"
        ordering = ["-on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "on"], condition=Q(status__in=["planned", "approved", "done"]),
                name="workforce_one_telework_day",
            ),
            models.CheckConstraint(condition=Q(halves__in=[1, 2]), name="workforce_a_half_or_a_whole_day"),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("user")), name="workforce_no_own_telework"
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.on} テレワーク"

    @classmethod
    @transaction.atomic
    def plan(cls, on: date, halves: int, tasks: str, *, by: User) -> "TeleworkDay":
        """計画する: one's own day, within the rule of the section; two at one moment cannot both be the last.

        Raises Refused with the reason for a day beyond the rule or without tasks, Conflict for a day that is planned.
        """
        department = section_of(by, on)
        lock_subject(f"workforce/telework/{department.pk}")
        if not tasks.strip() or halves not in {1, 2}:
            raise Refused("その日にする業務を書いてください。")
        if reason := refusal_of(by, department, on, halves):
            raise Refused(reason)
        try:
            with transaction.atomic():
                made = cls.objects.create(user=by, department=department, on=on, halves=halves, tasks=tasks.strip())
        except IntegrityError as twice:
            raise Conflict("この日は、もう計画しています。") from twice
        record(made, "テレワークの計画", by=by, after={"日": on, "半日": halves}, first=True)
        return made

    def can_decide(self, user: User) -> bool:
        """Whether a person may approve the day: the chief of the section or the director above, never their own."""
        return user.pk != self.user_id and APPROVE_TELEWORK.held_by(user, self.department)

    @transaction.atomic
    def approve(self, *, by: User) -> None:
        """承認する. Raises NotAllowed, Conflict when it was decided before."""
        self._decide(self.Status.APPROVED, "テレワークの承認", by)

    @transaction.atomic
    def refuse(self, answer: str, *, by: User) -> None:
        """承認しない: with a reason that the person reads. Raises NotAllowed, Refused without one, Conflict."""
        if not answer.strip():
            raise Refused("承認しない理由を書いてください。本人に見えます。")
        self._decide(self.Status.REFUSED, "テレワークの不承認", by, answer=answer.strip())

    def _decide(self, to: str, act: str, by: User, **more: Any) -> None:
        if not self.can_decide(by):
            raise NotAllowed("テレワーク日を決められるのは、部署の課長(課長の分は部長)です。自分の分は決められません。")
        if not transition(self, to, decided_by=by, **more):
            raise Conflict("この日は、もう決まっています。")
        record(self, act, by=by, after={"状態": self.status}, reason=more.get("answer", ""))

    @transaction.atomic
    def note_done(self, *, by: User) -> None:
        """実施した: note that one's own approved day is done. Raises NotAllowed, Refused before it, Conflict."""
        if by.pk != self.user_id:
            raise NotAllowed("実施を記録できるのは、本人だけです。")
        if self.on > today():
            raise Refused("まだ来ていない日です。その日に記録してください。")
        if not transition(self, self.Status.DONE):
            raise Conflict("この日は承認されていないか、もう記録してあります。")
        record(self, "テレワークの実施", by=by, after={"状態": self.status})

    @transaction.atomic
    def withdraw(self, *, by: User) -> None:
        """取り消す. Raises NotAllowed, Conflict for a day that is done or decided against."""
        if by.pk != self.user_id:
            raise NotAllowed("取り消せるのは、本人だけです。")
        if not transition(self, self.Status.WITHDRAWN):
            raise Conflict("この日は、もう実施したか、承認されませんでした。")
        record(self, "テレワークの取消し", by=by, after={"状態": self.status})


def refusal_of(user: User, department: Department, on: date, halves: int) -> str:
    """Return why a person cannot plan a day, by the rule of the section; empty where they can or no rule stands."""
    terms = TeleworkRule.in_force(on, department)
    if terms is None:
        return "テレワークの定めが、まだ登録されていません。推進本部の事務局か人事担当に登録を頼んでください。"
    tenure = Tenure.objects.of(user).current(on).order_by("-starts_on").first()
    own = TeleworkDay.objects.standing().filter(user=user, on__range=week_of(on))
    away = TeleworkDay.objects.standing().filter(department=department, on=on).exclude(user=user)
    people = members_of(department, on)
    return (
        (newcomer_refusal(terms, tenure.starts_on, on) if tenure else "")
        or cap_refusal(terms, dict(own.values_list("on", "halves")), on, halves)
        or on_site_refusal(terms, len(people), away.count())
    )
