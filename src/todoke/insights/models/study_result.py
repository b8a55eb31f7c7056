"""Plans, results and conclusions of studies 検証の計画・結果・結論: frozen, so that nothing is said otherwise later."""

import hashlib
import json
from datetime import date
from typing import Any

from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone

from todoke.accounts.actors import Actor, user_of
from todoke.accounts.models import User
from todoke.audit.immutable import ImmutableModel
from todoke.audit.log import record
from todoke.audit.sequences import next_position
from todoke.audit.transitions import compare_and_set
from todoke.insights.evidence.study_analysis import StudyFigures, analyse, read_study_table
from todoke.insights.models.study import CHANGED, Study
from todoke.meetings.models import Commitment, Decision, Meeting
from todoke.meetings.models.minutes import record_missed_item
from todoke.organization.models import Department
from todoke.runtime.build_identity import build_identity
from todoke.runtime.refusals import Conflict, NotYet, Refused


def plan_content(study: Study) -> dict[str, Any]:
    """Return what a plan fixes: the hypothesis, the indicator as defined, the design and the stop rule."""
    indicator = study.indicator
    assert indicator is not None
    fixed = {name: str(getattr(study, name) or "") for name in (*Study.DESIGN_FIELDS, *Study.TEXTS)}
    told = {name: str(getattr(indicator, name)) for name in ("name", "numerator", "denominator", "basis", "source")}
    return fixed | {"hypothesis": study.hypothesis, "intervention_on": str(study.intervention_on), "indicator": told}


def _digest(content: dict[str, Any]) -> str:
    return hashlib.sha256(json.dumps(content, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


class StudyPlan(ImmutableModel):
    """検証計画: what was fixed before the data were opened; a later version says whether they had been."""

    FROZEN = "検証計画"
    INSTEAD = "計画を変えるときは、理由を書いて新しい版をつくります。"

    study = models.ForeignKey(Study, models.PROTECT, related_name="plans", verbose_name="検証")
    version = models.PositiveIntegerField("版")
    content = models.JSONField("確定した内容")
    digest = models.CharField("照合値", max_length=64)
    changed_after_opening = models.BooleanField("データを開いた後の変更", default=False)
    reason = models.CharField("変えた理由", max_length=300, blank=True)
    registered_at = models.DateTimeField("確定日時", default=timezone.now)
    registered_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="確定した人")

    class Meta:
        verbose_name = "検証計画"
        ordering = ["study", "version"]
        constraints = [
            models.UniqueConstraint(fields=["study", "version"], name="insights_one_plan_per_version"),
            models.CheckConstraint(
                condition=Q(version=1, changed_after_opening=False) | (Q(version__gt=1) & ~Q(reason="")),
                name="insights_a_changed_plan_has_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.study.number} 第{self.version}版"

    @classmethod
    @transaction.atomic
    def register(cls, study: Study, *, by: Actor) -> "StudyPlan":
        """Fix the plan of a feasible study (計画の確定). Raises Refused."""
        study.move_to(Study.Status.REGISTERED, "検証計画の確定", by=by)
        return cls._freeze(study, 1, "", by=by)

    @classmethod
    @transaction.atomic
    def change(cls, study: Study, *, reason: str, by: Actor, **values: Any) -> "StudyPlan":
        """Fix a later version with its reason (計画の変更); it says for ever whether the data had been opened.

        Raises Refused without a reason, before the first plan and after the conclusion; NotYet, Conflict.
        """
        if study.status not in Study.FIXED:
            raise Refused("計画を変えられるのは、計画を確定してから結論を記録するまでです。")
        if not reason.strip():
            raise Refused("計画を変える理由を書いてください。")
        if study.design and (values.get("design") == "" or values.get("stop_rule") == ""):
            raise NotYet("比べ方とやめる条件は、空にできません。")
        if not compare_and_set(study, {"status": study.status, "data_opened_at": study.data_opened_at}, **values):
            raise Conflict(CHANGED)
        return cls._freeze(study, next_position(study.plans.all(), study, "version"), reason, by=by)

    @classmethod
    def _freeze(cls, study: Study, version: int, reason: str, *, by: Actor) -> "StudyPlan":
        content = plan_content(study)
        made = cls.objects.create(
            study=study, version=version, content=content, digest=_digest(content), reason=reason,
            changed_after_opening=study.data_opened_at is not None, registered_by=user_of(by),
        )  # fmt: skip
        record(made, "検証計画の版", by=by, after={"版": version, "照合値": made.digest}, reason=reason)
        return made


class StudyResult(ImmutableModel):
    """検証結果: figures and words of one calculation under one plan, with the digest of what went in."""

    FROZEN = "検証結果"

    plan = models.ForeignKey(StudyPlan, models.PROTECT, related_name="results", verbose_name="検証計画")
    study = models.ForeignKey(Study, models.PROTECT, related_name="results", verbose_name="検証")
    run = models.PositiveIntegerField("計算の回")
    figures = models.JSONField("数値")
    words = models.TextField("言えること")
    is_shown = models.BooleanField("差があったと言えるか")
    input_name = models.CharField("表の名前", max_length=200)
    input_digest = models.CharField("表の照合値", max_length=64)
    program = models.CharField("計算した版", max_length=40)
    calculated_at = models.DateTimeField("計算日時", default=timezone.now)
    calculated_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="計算した人")

    class Meta:
        verbose_name = "検証結果"
        ordering = ["study", "run"]
        constraints = [models.UniqueConstraint(fields=["study", "run"], name="insights_one_result_per_run")]

    def __str__(self) -> str:
        return f"{self.study.number} {self.run}回目の計算"

    @classmethod
    def calculate(cls, study: Study, content: bytes, name: str, *, by: Actor) -> "StudyResult":
        """Open the data and calculate under the newest plan (計算). Raises NotYet before the plan is fixed, Unreadable.

        The file is read before the transaction, so that no row lock is held meanwhile.
        """
        if study.status not in Study.FIXED:
            raise NotYet("データを開けるのは、計画を確定した後です。")
        plan = study.plans.order_by("-version")[0]
        _open(study, by=by)
        found = analyse(plan.content, read_study_table(content))
        return cls._store(study, plan, found, content, name, by=by)

    @classmethod
    @transaction.atomic
    def _store(
        cls, study: Study, plan: StudyPlan, found: StudyFigures, content: bytes, name: str, *, by: Actor
    ) -> "StudyResult":
        run = next_position(study.results.all(), study, "run")
        made = cls.objects.create(
            plan=plan, study=study, run=run, figures=found.figures, words=found.words, is_shown=found.is_shown,
            input_name=name[:200], input_digest=hashlib.sha256(content).hexdigest(),
            program=build_identity()[:40], calculated_by=user_of(by),
        )  # fmt: skip
        if study.status == Study.Status.REGISTERED:
            study.move_to(Study.Status.ANALYSED, "検証の計算", by=by)
        else:
            record(study, "検証の計算", by=by, after={"回": run})
        return made


@transaction.atomic
def _open(study: Study, *, by: Actor) -> None:
    if compare_and_set(study, {"data_opened_at__isnull": True}, data_opened_at=timezone.now()):
        record(study, "データを開いた", by=by)


class StudyConclusion(ImmutableModel):
    """検証の結論: what follows from the result: a decision of a meeting, a commitment, or a reason why neither."""

    FROZEN = "検証の結論"

    class Choice(models.TextChoices):
        CONTINUE = "continue", "続ける"
        CHANGE = "change", "変える"
        STOP = "stop", "やめる"
        AGAIN = "again", "もう一度測る"

    study = models.OneToOneField(Study, models.PROTECT, related_name="conclusion", verbose_name="検証")
    result = models.ForeignKey(StudyResult, models.PROTECT, related_name="conclusions", verbose_name="検証結果")
    choice = models.CharField("結論", max_length=10, choices=Choice)
    words = models.TextField("決めたこと")
    decision = models.OneToOneField(Decision, models.PROTECT, null=True, related_name="study_conclusion",
                                    verbose_name="会議の決定")  # fmt: skip
    commitment = models.OneToOneField(Commitment, models.PROTECT, null=True, related_name="study_conclusion",
                                      verbose_name="宿題")  # fmt: skip
    reason_without = models.CharField("会議で決めない理由", max_length=300, blank=True)
    concluded_at = models.DateTimeField("記録日時", default=timezone.now)
    concluded_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="記録した人")

    class Meta:
        verbose_name = "検証の結論"
        ordering = ["-concluded_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(decision__isnull=False) | Q(commitment__isnull=False) | ~Q(reason_without=""),
                name="insights_a_conclusion_leads_somewhere",
            )
        ]

    def __str__(self) -> str:
        return f"{self.study.number} {self.get_choice_display()}"

    @classmethod
    @transaction.atomic
    def conclude(
        cls, study: Study, *, choice: str, words: str, by: Actor, meeting: Meeting | None = None, task: str = "",
        department: Department | None = None, due: date | None = None, reason_without: str = "",
    ) -> "StudyConclusion":  # fmt: skip
        """Record what was decided, and the commitment that follows (結論). Raises Refused, NotYet."""
        if meeting is None and not reason_without.strip():
            raise Refused("決めた会議を選んでください。会議にかけないときは、その理由を書いてください。")
        if meeting is not None and meeting.status != Meeting.Status.HELD:
            raise NotYet("会議を開いて、会議録を確定する前に記録してください。")
        if task.strip() and (department is None or meeting is None):
            raise Refused("宿題には、決めた会議と担当する部署を選んでください。")
        result = study.results.order_by("-run").first()
        if result is None:
            raise NotYet("計算の結果がまだありません。")
        decided: Any = None if meeting is None else record_missed_item(meeting, kind="decision", what=words, by=by)
        owed: Any = None
        if meeting is not None and task.strip():
            owed = record_missed_item(meeting, kind="commitment", what=task, department=department, due=due, by=by)
        study.move_to(Study.Status.CONCLUDED, "検証の結論", by=by, reason=reason_without)
        return cls.objects.create(
            study=study, result=result, choice=choice, words=words, decision=decided, commitment=owed,
            reason_without=reason_without, concluded_by=user_of(by),
        )  # fmt: skip
