"""Experience surveys 窓口体験調査: how a persona fares in a procedure, step by step, and the improvements from it."""

import secrets
from datetime import date
from typing import Any, ClassVar

from django.core.validators import FileExtensionValidator, MaxValueValidator, MinValueValidator
from django.db import models, transaction
from django.db.models import Q, Sum
from django.utils import timezone

from todoke.accounts.actors import Actor, user_of
from todoke.accounts.models import User
from todoke.audit.log import record
from todoke.audit.transitions import Transitions, transition
from todoke.flows.models.flow import Flow
from todoke.flows.permissions import WALK_SURVEY
from todoke.organization.models import Post, Tenure
from todoke.runtime.refusals import Conflict


def _number() -> str:
    return f"e-{secrets.token_hex(4)}"


class Persona(models.Model):
    """ペルソナ: an invented resident whose experience a survey records."""

    name = models.CharField("呼び名", max_length=60, unique=True)
    story = models.TextField("人物像", max_length=1000)

    class Meta:
        verbose_name = "ペルソナ"
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class ExperienceSurvey(models.Model):
    """窓口体験調査: one persona's experience of a procedure on one day; ``before`` is the survey that it repeats."""

    number = models.SlugField("番号", max_length=20, unique=True, default=_number)
    title = models.CharField("名称", max_length=120)
    persona = models.ForeignKey(Persona, models.PROTECT, related_name="surveys", verbose_name="ペルソナ")
    scenario = models.TextField("場面", max_length=1000)
    walked_on = models.DateField("調査日")
    flow = models.ForeignKey(Flow, models.PROTECT, null=True, blank=True, verbose_name="業務フロー")
    before = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="after", verbose_name="前回の調査"
    )
    recorded_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="記録した人")

    class Meta:
        verbose_name = "窓口体験調査"
        ordering = ["-walked_on", "-pk"]

    def __str__(self) -> str:
        return f"{self.title}({self.walked_on:%Y-%m-%d})"

    @classmethod
    @transaction.atomic
    def begin(
        cls, *, title: str, persona: Persona, scenario: str, walked_on: date, by: Actor, flow: Flow | None = None
    ) -> "ExperienceSurvey":
        """Create a survey, and its audit entry."""
        survey = cls.objects.create(
            title=title, persona=persona, scenario=scenario, walked_on=walked_on, flow=flow,
            recorded_by=user_of(by),
        )  # fmt: skip
        record(survey, "窓口体験調査の開始", by=by, after={"名称": title, "調査日": walked_on})
        return survey

    @transaction.atomic
    def repeat(self, *, walked_on: date, by: Actor) -> "ExperienceSurvey":
        """Create a survey of the same persona and scene, to compare with this one."""
        survey = ExperienceSurvey.objects.create(
            title=self.title, persona=self.persona, scenario=self.scenario, walked_on=walked_on,
            flow=self.flow, before=self, recorded_by=user_of(by),
        )  # fmt: skip
        record(survey, "窓口体験調査の再調査", by=by, after={"前回": self.number, "調査日": walked_on})
        return survey

    @transaction.atomic
    def note_step(self, *, by: Actor, **facts: Any) -> "ExperienceStep":
        """Append a step to the survey; ``facts`` are fields of ExperienceStep."""
        step = ExperienceStep.objects.create(survey=self, place=self.steps.count() + 1, **facts)
        record(self, "体験の記録", by=by, after={"番目": step.place})
        return step

    def totals(self) -> dict[str, float]:
        """Return the sums of minutes, waiting and name-writes, the number of steps, and the mean feeling (1 to 5)."""
        sums = self.steps.aggregate(minutes=Sum("minutes"), wait=Sum("wait"), name_writes=Sum("name_writes"))
        feelings = list(self.steps.values_list("feeling", flat=True))
        found = {name: float(value or 0) for name, value in sums.items()}
        found["steps"] = float(len(feelings))
        found["feeling"] = sum(feelings) / len(feelings) if feelings else 0.0
        return found


class ExperienceStep(models.Model):
    """体験の記録: one step of a survey: what happened, minutes of work and of waiting, and how it felt."""

    class Feeling(models.IntegerChoices):
        AWFUL = 1, "とても困った"
        BAD = 2, "困った"
        PLAIN = 3, "ふつう"
        GOOD = 4, "よかった"
        GREAT = 5, "とてもよかった"

    survey = models.ForeignKey(ExperienceSurvey, models.CASCADE, related_name="steps", verbose_name="調査")
    place = models.PositiveSmallIntegerField("番目")
    name = models.CharField("したこと", max_length=120)
    minutes = models.PositiveSmallIntegerField("かかった分", default=0)
    wait = models.PositiveSmallIntegerField("待った分", default=0)
    name_writes = models.PositiveSmallIntegerField("氏名を書いた回数", default=0)
    feeling = models.PositiveSmallIntegerField(
        "気持ち",
        choices=Feeling.choices,
        default=Feeling.PLAIN,
        validators=[MinValueValidator(1), MaxValueValidator(5)],
    )
    note = models.TextField("気づいたこと", max_length=1000, blank=True)
    photo = models.FileField(
        "写真", upload_to="surveys/", blank=True, validators=[FileExtensionValidator(["jpg", "jpeg", "png", "webp"])]
    )

    class Meta:
        verbose_name = "体験の記録"
        ordering = ["survey", "place"]
        constraints = [
            models.UniqueConstraint(fields=["survey", "place"], name="flows_one_experience_per_place"),
            models.CheckConstraint(condition=Q(feeling__range=(1, 5)), name="flows_a_feeling_is_one_to_five"),
        ]

    def __str__(self) -> str:
        return self.name

    @transaction.atomic
    def raise_issue(self, text: str, *, owner: Post, due: date, by: Actor) -> "Improvement":
        """Create an improvement for the step, with its owner and due date."""
        improvement = Improvement.objects.create(step=self, text=text, owner=owner, due=due)
        record(improvement, "改善の課題の作成", by=by, after={"担当": str(owner), "期限": due})
        return improvement


class ImprovementQuerySet(models.QuerySet["Improvement"]):
    def settled_by(self, user: User) -> "ImprovementQuerySet":
        """Those that a person may settle: of the posts held today, all for whoever walks surveys."""
        if WALK_SURVEY.held_by(user):
            return self
        return self.filter(owner__in=Tenure.objects.of(user).current().values("post"))


class Improvement(models.Model):
    """改善の課題: a defect that a survey found, with the post that corrects it and a due date."""

    class Status(models.TextChoices):
        OPEN = "open", "取組中"
        DONE = "done", "済み"

    NEXT: ClassVar[Transitions] = {Status.OPEN: frozenset({Status.DONE}), Status.DONE: frozenset({Status.OPEN})}

    number = models.SlugField("番号", max_length=20, unique=True, default=_number)
    step = models.ForeignKey(ExperienceStep, models.CASCADE, related_name="improvements", verbose_name="体験の記録")
    text = models.CharField("課題", max_length=300)
    owner = models.ForeignKey(Post, models.PROTECT, related_name="+", verbose_name="担当")
    due = models.DateField("期限")
    status = models.CharField("状態", max_length=10, choices=Status.choices, default=Status.OPEN)
    settled_at = models.DateTimeField("済んだ日時", null=True)
    result = models.CharField("したこと", max_length=300, blank=True)

    objects = ImprovementQuerySet.as_manager()

    class Meta:
        verbose_name = "改善の課題"
        ordering = ["due", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(status="open", settled_at=None) | Q(status="done", settled_at__isnull=False),
                name="flows_a_done_improvement_has_its_time",
            ),
        ]

    def __str__(self) -> str:
        return self.text

    @transaction.atomic
    def settle(self, result: str, *, by: Actor) -> None:
        """Say what was done. Raises Conflict when it was done already."""
        if not transition(self, self.Status.DONE, settled_at=timezone.now(), result=result):
            raise Conflict("この課題はもう済みになっています。画面を開き直してください。")
        record(self, "改善の課題の完了", by=by, before={"状態": "open"}, after={"状態": "done"}, reason=result)
