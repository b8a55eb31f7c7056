"""Automations 自動化台帳: what runs by itself, who answers for it, and what people do when it stands still."""

from datetime import date, time, timedelta
from typing import Any, ClassVar

from django.db import models, transaction
from django.db.models import Case, Exists, OuterRef, Q, Value, When
from django.utils import timezone

from todoke.accounts.actors import Actor, user_of
from todoke.accounts.models import User
from todoke.audit.log import record
from todoke.audit.transitions import Transitions, transition
from todoke.japanese.calendar import today
from todoke.organization.models import Department, Post, Tenure
from todoke.organization.permissions import departments_of
from todoke.procedures.models import Procedure
from todoke.runtime.refusals import Conflict, NotAllowed, NotYet, Refused
from todoke.systems import signals
from todoke.systems.automations.run_schedule import RunSchedule
from todoke.systems.data_classes import DataClass
from todoke.systems.models.register import InformationSystem
from todoke.systems.permissions import REVIEW_AUTOMATION, START_AUTOMATION

LONGEST_REVIEW = timedelta(days=366)


def _holders() -> models.QuerySet[Tenure]:
    """Return who holds the post of the owner of an outer automation today."""
    return Tenure.objects.current().persons().filter(post=OuterRef("owner"), user__is_active=True)


class AutomationQuerySet(models.QuerySet["Automation"]):
    def with_orphans(self) -> "AutomationQuerySet":
        """Each with ``is_orphaned``: nobody holds the post that answers for it today (担当の職位が空席).

        A list compares it with the value of a row, which NOT before EXISTS would turn around.
        """
        return self.annotate(is_orphaned=Case(When(Exists(_holders()), then=Value(False)), default=Value(True)))

    def orphaned(self) -> "AutomationQuerySet":
        """Those that nobody answers for today."""
        return self.filter(~Exists(_holders()))

    def reported_by(self, user: User) -> "AutomationQuerySet":
        """Automations of the sections in which a person or a machine holds a post."""
        return self.filter(owner__department__in=departments_of(user))

    def running(self) -> "AutomationQuerySet":
        """Automations that are at work or on trial."""
        return self.filter(status__in=[Automation.Status.TRIAL, Automation.Status.RUNNING])


class Automation(models.Model):
    """自動化: something that runs by itself in place of people, under a post that answers for it."""

    class Kind(models.TextChoices):
        RPA = "rpa", "RPA"
        NO_CODE = "no_code", "ノーコード"
        LOW_CODE = "low_code", "ローコード"
        MACRO = "macro", "マクロ・EUC"
        SCRIPT = "script", "スクリプト"
        OCR = "ocr", "AI-OCR"
        GENERATIVE = "generative", "生成AI"

    class Zone(models.TextChoices):
        LGWAN = "lgwan", "LGWAN接続系"
        INTERNET = "internet", "インターネット接続系"
        MY_NUMBER = "my_number", "マイナンバー利用事務系"

    class Cycle(models.TextChoices):
        NONE = "none", "必要なとき"
        DAILY = "daily", "毎日"
        OFFICE = "office", "開庁日ごと"
        WEEKLY = "weekly", "毎週"
        MONTHLY = "monthly", "毎月"

    class Weekday(models.IntegerChoices):
        MONDAY = 0, "月曜日"
        TUESDAY = 1, "火曜日"
        WEDNESDAY = 2, "水曜日"
        THURSDAY = 3, "木曜日"
        FRIDAY = 4, "金曜日"
        SATURDAY = 5, "土曜日"
        SUNDAY = 6, "日曜日"

    class Status(models.TextChoices):
        APPLIED = "applied", "申請"
        TRIAL = "trial", "試行"
        RUNNING = "running", "稼働"
        STOPPED = "stopped", "停止"
        RETIRED = "retired", "廃止"

    NEXT: ClassVar[Transitions] = {
        "applied": frozenset({"trial", "retired"}),
        "trial": frozenset({"running", "stopped", "retired"}),
        "running": frozenset({"stopped", "retired"}),
        "stopped": frozenset({"running", "retired"}),
        "retired": frozenset(),
    }

    code = models.SlugField("自動化番号", max_length=20, unique=True)
    title = models.CharField("名称", max_length=100)
    kind = models.CharField("種類", max_length=12, choices=Kind.choices)
    owner = models.ForeignKey(Post, models.PROTECT, related_name="automations", verbose_name="担当の職位")
    deputy = models.ForeignKey(Post, models.PROTECT, related_name="+", verbose_name="代わりの職位")
    systems = models.ManyToManyField(InformationSystem, blank=True, related_name="automations", verbose_name="システム")
    procedure = models.ForeignKey(
        Procedure, models.PROTECT, null=True, blank=True, related_name="automations", verbose_name="手続"
    )
    flow_step = models.CharField("業務フローの作業", max_length=100, blank=True)
    data_class = models.CharField("扱う情報の区分", max_length=10, choices=DataClass.choices)
    zone = models.CharField("ネットワーク", max_length=10, choices=Zone.choices)
    approved_environment = models.CharField(
        "承認された環境", max_length=200, blank=True, help_text="生成AIで機密性2以上を扱うとき。承認の番号と日。"
    )
    fallback = models.TextField("止まったときに人がすること", blank=True)
    reads_file = models.BooleanField("表のファイルを読む", default=True)
    by_position = models.BooleanField("列を位置で読む", default=False, help_text="列の順序が変わっても止まります。")
    unit = models.CharField("1件の数え方", max_length=40, help_text="例: 申請1件、明細1行")
    promised_minutes = models.PositiveIntegerField(
        "事業者のいう効果(月あたりの分)", null=True, blank=True, help_text="測った値とは別に、並べて示します。"
    )
    cycle = models.CharField("予定", max_length=10, choices=Cycle.choices, default=Cycle.NONE)
    weekday = models.PositiveSmallIntegerField("曜日", choices=Weekday.choices, default=Weekday.MONDAY)
    day_of_month = models.PositiveSmallIntegerField("日", default=1)
    due_time = models.TimeField("時刻", default=time(9))
    grace_minutes = models.PositiveIntegerField("待つ時間(分)", default=60)
    review_on = models.DateField("見直す日", null=True, blank=True)
    baseline = models.ForeignKey(
        "systems.AutomationBaseline", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="基準"
    )
    shape = models.ForeignKey(
        "systems.InputSchema", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="入力の形"
    )
    status = models.CharField("状態", max_length=10, choices=Status.choices, default=Status.APPLIED)
    stop_reason = models.CharField("止まった理由", max_length=300, blank=True)
    activated_at = models.DateTimeField("稼働した日時", null=True, blank=True)

    objects = AutomationQuerySet.as_manager()

    class Meta:
        verbose_name = "自動化"
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(status="running")
                | (Q(baseline__isnull=False, review_on__isnull=False, activated_at__isnull=False) & ~Q(fallback="")),
                name="systems_running_is_measured",
            ),
            models.CheckConstraint(
                condition=~Q(status="running") | Q(reads_file=False) | Q(shape__isnull=False),
                name="systems_running_knows_its_input",
            ),
            models.CheckConstraint(
                condition=~Q(kind="generative") | ~Q(data_class="my_number"), name="systems_no_my_number_for_models",
                violation_error_message="生成AIに、特定個人情報は扱わせられません。",
            ),
            models.CheckConstraint(
                condition=~Q(kind="generative") | Q(data_class="open") | ~Q(approved_environment=""),
                name="systems_models_in_an_approved_place",
                violation_error_message="生成AIで機密性2以上を扱うには、承認された環境を書いてください。",
            ),
            models.CheckConstraint(
                condition=Q(day_of_month__gte=1, day_of_month__lte=31), name="systems_day_of_a_month"
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.title

    @property
    def schedule(self) -> RunSchedule | None:
        """Return when it should run; None where it runs when needed."""
        if self.cycle == self.Cycle.NONE:
            return None
        grace = timedelta(minutes=self.grace_minutes)
        return RunSchedule(self.cycle, self.due_time, grace, self.weekday, self.day_of_month)

    @property
    def department(self) -> Department:
        return self.owner.department

    def answers_for(self, user: User) -> bool:
        """Whether a person holds the post that answers for it, or the one in its place, today."""
        return Tenure.objects.of(user).current().filter(post__in=[self.owner_id, self.deputy_id]).exists()

    def may_be_stopped_by(self, user: User) -> bool:
        """Whether a person answers for it or reviews all of them."""
        return self.answers_for(user) or REVIEW_AUTOMATION.held_by(user)

    def require_stopping(self, *, by: Actor) -> None:
        """Raises NotAllowed unless a person may stop, end and review it; the system itself may."""
        user = user_of(by)
        if user is not None and not self.may_be_stopped_by(user):
            raise NotAllowed("止め、見直し、廃止できるのは、担当の職位と、推進本部の職員です。")

    @transaction.atomic
    def apply(self, *, by: User) -> None:
        """Enter it in the register (申請). Raises NotAllowed for another section, ValidationError for its fields."""
        if self.department not in departments_of(by):
            raise NotAllowed("自分の部署の職位が担当する自動化だけを申請できます。")
        self.full_clean()
        self.save()
        record(self, "自動化の申請", by=by, after={"自動化": self.code, "種類": self.kind})

    def try_out(self, *, by: Actor) -> None:
        """Let it run on trial (試行). Raises NotAllowed unless a chief of the section says so, Conflict."""
        self._require_chief(by)
        self._move(self.Status.TRIAL, "自動化の試行", by=by)

    def start(self, *, by: Actor) -> None:
        """Let it run, for the first time or again (稼働).

        Raises NotAllowed unless a chief of the section says so, NotYet for what is missing, Conflict.
        """
        self._require_chief(by)
        self.refresh_from_db()
        if self.missing:
            raise NotYet(f"まだ足りないものがあります({'、'.join(self.missing)})。そろえてから、稼働させてください。")
        self._move(self.Status.RUNNING, "自動化の稼働", by=by, activated_at=timezone.now(), stop_reason="")

    @property
    def missing(self) -> list[str]:
        """Return what it lacks before it may run."""
        wanted = {
            "基準の測定": self.baseline_id, "止まったときに人がすること": self.fallback,
            "見直す日": self.review_on and today() <= self.review_on <= today() + LONGEST_REVIEW,
            "入力の形": not self.reads_file or self.shape_id,
        }  # fmt: skip
        return [name for name, there in wanted.items() if not there]

    @transaction.atomic
    def stop(self, reason: str, *, by: Actor) -> None:
        """Stop it (停止). Raises NotAllowed for who neither answers for it nor reviews, Refused without a reason."""
        self.require_stopping(by=by)
        if not reason.strip():
            raise Refused("止める理由を書いてください。")
        self._move(self.Status.STOPPED, "自動化の停止", by=by, stop_reason=reason.strip()[:300])
        signals.automation_stopped.send(type(self), automation=self, by=by)

    def retire(self, *, by: Actor) -> None:
        """End it for good (廃止). Raises NotAllowed for who does not answer for it, Conflict when it ended before."""
        self.require_stopping(by=by)
        self._move(self.Status.RETIRED, "自動化の廃止", by=by)

    @transaction.atomic
    def review_until(self, review_on: date, *, by: Actor) -> None:
        """Say when it is looked at again (見直す日). Raises Refused for a day that is past or over twelve months on."""
        if not today() <= review_on <= today() + LONGEST_REVIEW:
            raise Refused("見直す日は、きょうから12か月以内にしてください。")
        before, self.review_on = {"見直す日": self.review_on}, review_on
        self.save(update_fields=["review_on"])
        record(self, "見直す日", by=by, before=before, after={"見直す日": review_on})

    def _require_chief(self, by: Actor) -> None:
        user = user_of(by)
        if user is None or not START_AUTOMATION.held_by(user, self.department):
            raise NotAllowed("認められるのは、担当の部署の課長です。")

    @transaction.atomic
    def _move(self, to: "Automation.Status", act: str, *, by: Actor, **changes: Any) -> None:
        if not transition(self, to, **changes):
            raise Conflict(f"この自動化は、いま「{self.Status(self.status).label}」です。何も変わっていません。")
        record(self, act, by=by, after={"状態": to}, reason=str(changes.get("stop_reason") or ""))
