"""Studies 検証: a question of a section, refused until it says what it believes and how that will be measured."""

from typing import Any, ClassVar

from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone

from todoke.accounts.actors import Actor, user_of
from todoke.accounts.models import User
from todoke.audit.log import record
from todoke.audit.sequences import next_of_year
from todoke.audit.transitions import Transitions, can_transition, compare_and_set, transition
from todoke.insights.permissions import ASK_STUDY, RUN_STUDIES
from todoke.japanese.calendar import fiscal_year, today
from todoke.meetings.models import AgendaItem, Meeting
from todoke.organization.models import Department, Post
from todoke.plans.models import Indicator, Measure
from todoke.runtime.links import path_to
from todoke.runtime.refusals import Conflict, NotYet, Refused
from todoke.voices.models import CommentGroup

CHANGED = "ほかの人が先に更新しました。画面を開き直してください。"


class StudyQuerySet(models.QuerySet["Study"]):
    def visible_to(self, user: User) -> "StudyQuerySet":
        """Studies that a person may read: those handed in, and drafts of their own sections."""
        if RUN_STUDIES.held_by(user):
            return self
        return self.exclude(status__in=Study.DRAFTS) | self.filter(department__in=ASK_STUDY.departments_of(user))


class Study(models.Model):
    """検証: what a section believes a measure changed, fixed before anybody looks at the figures."""

    class Status(models.TextChoices):
        CONSULTING = "consulting", "相談中"
        SUBMITTED = "submitted", "申込み済み"
        RETURNED = "returned", "差戻し"
        FEASIBLE = "feasible", "実施可"
        REGISTERED = "registered", "計画確定"
        ANALYSED = "analysed", "計算済み"
        CONCLUDED = "concluded", "結論"

    class Design(models.TextChoices):
        DIFFERENCE = "difference", "差の差(取組のない相手の変化と比べる)"
        BEFORE_AFTER = "before_after", "前後比較(相手がいない)"
        TWO_GROUPS = "two_groups", "二つの集まりの割合の差"

    NEXT: ClassVar[Transitions] = {
        Status.CONSULTING: frozenset({Status.SUBMITTED}),
        Status.RETURNED: frozenset({Status.SUBMITTED}),
        Status.SUBMITTED: frozenset({Status.RETURNED, Status.FEASIBLE}),
        Status.FEASIBLE: frozenset({Status.RETURNED, Status.REGISTERED}),
        Status.REGISTERED: frozenset({Status.ANALYSED}),
        Status.ANALYSED: frozenset({Status.CONCLUDED}),
        Status.CONCLUDED: frozenset(),
    }
    DRAFTS = (Status.CONSULTING, Status.RETURNED)
    FIXED = (Status.REGISTERED, Status.ANALYSED)
    TEXTS = ("whose", "what", "how_much", "intervention", "rival", "when_better", "when_unclear", "design", "treated",
             "compared", "stop_rule")  # fmt: skip
    OTHERS = ("owner", "measure", "indicator", "by_when", "intervention_on", "before_on", "after_on", "smallest")
    DESIGN_FIELDS = ("design", "treated", "compared", "before_on", "after_on", "denominator_before",
                     "denominator_after", "change_unit", "smallest", "stop_rule", "excluded")  # fmt: skip

    number = models.CharField("検証番号", max_length=20, unique=True, editable=False)
    title = models.CharField("知りたいこと", max_length=150)
    department = models.ForeignKey(Department, models.PROTECT, related_name="studies", verbose_name="相談した部署")
    owner = models.ForeignKey(
        Post, models.PROTECT, null=True, blank=True, related_name="studies", verbose_name="責任を持つ職位"
    )
    measure = models.ForeignKey(
        Measure, models.PROTECT, null=True, blank=True, related_name="studies", verbose_name="確かめる施策"
    )
    indicator = models.ForeignKey(
        Indicator, models.PROTECT, null=True, blank=True, related_name="studies", verbose_name="測る指標"
    )
    asked_by = models.ForeignKey(
        CommentGroup, models.PROTECT, null=True, blank=True, related_name="studies", verbose_name="きっかけの意見",
        help_text="公表した意見募集の結果から選べます。",
    )  # fmt: skip
    whose = models.CharField("仮説: だれの", max_length=100, blank=True)
    what = models.CharField("仮説: 何が", max_length=150, blank=True)
    by_when = models.DateField("仮説: いつまでに", null=True, blank=True)
    how_much = models.CharField("仮説: どれだけ変わる", max_length=100, blank=True)
    intervention = models.CharField("取組(何をしたか)", max_length=300, blank=True)
    intervention_on = models.DateField("取組を始めた日", null=True, blank=True)
    rival = models.TextField("ほかに考えられる理由", blank=True)
    when_better = models.CharField("効果があったと言えたら、すること", max_length=300, blank=True)
    when_unclear = models.CharField("効果があったと言えなかったら、すること", max_length=300, blank=True)
    design = models.CharField("比べ方", max_length=20, choices=Design, blank=True)
    treated = models.TextField(
        "取組のあった単位", blank=True, help_text="表の「単位」の言葉で、1行に一つずつ書きます。"
    )
    compared = models.CharField("比べる相手", max_length=100, blank=True, help_text="例: 他の62市町村")
    before_on = models.DateField("取組前の日", null=True, blank=True)
    after_on = models.DateField("取組後の日", null=True, blank=True)
    denominator_before = models.DateField("取組前の分母の基準日", null=True, blank=True)
    denominator_after = models.DateField("取組後の分母の基準日", null=True, blank=True)
    change_unit = models.CharField("差の単位", max_length=10, default="ポイント", blank=True)
    smallest = models.DecimalField(
        "意味のある最も小さい差", max_digits=10, decimal_places=3, null=True, blank=True,
        help_text="これより小さい差なら、取組を変えるほどではない、という大きさです。",
    )  # fmt: skip
    stop_rule = models.CharField(
        "やめる条件", max_length=300, blank=True, help_text="何が分かったら、取組や検証をやめますか。"
    )
    excluded = models.TextField("除く単位とその理由", blank=True, help_text="1行に「単位: 理由」と書きます。")
    returned_for = models.CharField("差戻しの理由", max_length=300, blank=True)
    agenda_item = models.OneToOneField(
        AgendaItem, models.PROTECT, null=True, blank=True, related_name="study", verbose_name="結果を諮る議題"
    )
    data_opened_at = models.DateTimeField("データを開いた日時", null=True, blank=True)
    status = models.CharField("状態", max_length=12, choices=Status, default=Status.CONSULTING)
    created_at = models.DateTimeField("相談した日時", default=timezone.now)
    created_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="相談した人")

    objects = StudyQuerySet.as_manager()

    class Meta:
        verbose_name = "検証"
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=("consulting", "returned"))
                | Q(
                    owner__isnull=False, measure__isnull=False, indicator__isnull=False, by_when__isnull=False,
                    intervention_on__isnull=False, before_on__isnull=False, after_on__isnull=False,
                    smallest__isnull=False,
                )
                & ~Q(whose="") & ~Q(what="") & ~Q(how_much="") & ~Q(intervention="") & ~Q(rival="")
                & ~Q(when_better="") & ~Q(when_unclear="") & ~Q(design="") & ~Q(treated="") & ~Q(compared="")
                & ~Q(stop_rule=""),
                name="insights_a_study_is_whole_when_handed_in",
                violation_error_message="申し込んだ検証の項目は、空にできません。",
            ),
            models.CheckConstraint(
                condition=Q(after_on__isnull=True) | Q(before_on__isnull=True) | Q(after_on__gt=models.F("before_on")),
                name="insights_a_study_looks_before_and_after",
                violation_error_message="取組後の日は、取組前の日より後にしてください。",
            ),
            models.CheckConstraint(
                condition=Q(data_opened_at__isnull=True) | Q(status__in=("registered", "analysed", "concluded")),
                name="insights_data_open_after_the_plan",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.number} {self.title}"

    @classmethod
    @transaction.atomic
    def ask(cls, *, title: str, department: Department, by: Actor) -> "Study":
        """Begin a study with a question (検証の相談)."""
        number = next_of_year(cls.objects.all(), fiscal_year(today()))
        made = cls.objects.create(number=number, title=title, department=department, created_by=user_of(by))
        record(made, "検証の相談", by=by, after={"部署": department.code})
        return made

    @property
    def hypothesis(self) -> str:
        """The hypothesis in one sentence, or "" while a part of it is missing."""
        if not (self.whose and self.what and self.by_when and self.how_much):
            return ""
        day = self.by_when
        return f"{self.whose}の{self.what}が、{day.year}年{day.month}月{day.day}日までに、{self.how_much}変わる。"

    @property
    def missing(self) -> list[str]:
        """The labels of what must still be said before the study can be handed in (足りないこと)."""
        gone = [name for name in (*self.OTHERS, *self.TEXTS) if getattr(self, name) in (None, "")]
        labels = {field.name: str(field.verbose_name) for field in self._meta.fields}
        return [labels[name] for name in gone]

    def can_edit(self, user: User) -> bool:
        """Whether a person may write the draft: of its section, or of the data team."""
        return self.status in self.DRAFTS and ASK_STUDY.held_by(user, self.department)

    def move_to(self, to: "Study.Status", act: str, *, by: Actor, reason: str = "", **more: Any) -> None:
        """Change the status as one act. Raises Refused, Conflict."""
        if not can_transition(self, to):
            raise Refused(f"この検証は「{self.get_status_display()}」です。")
        before = self.status
        if not transition(self, to, **more):
            raise Conflict(CHANGED)
        record(self, act, by=by, before={"状態": before}, after={"状態": to}, reason=reason)

    @transaction.atomic
    def write(self, *, by: Actor, **values: Any) -> None:
        """Write parts of the draft (検証の下書き). Raises Refused once it was handed in."""
        if self.status not in self.DRAFTS or not compare_and_set(self, {"status": self.status}, **values):
            raise Refused("申し込んだ検証は書き換えられません。計画を変えるときは、理由を書いて版を改めます。")
        record(self, "検証の下書き", by=by, after={"項目": len(values)})

    @transaction.atomic
    def submit(self, *, by: Actor) -> None:
        """Hand the study in (検証の申込み). Raises NotYet, which names what is missing; Refused."""
        link = path_to("board:study-correction", self.number)
        if self.missing:
            raise NotYet(f"まだ足りません: {'、'.join(self.missing)}。データを見る前に決めておきます。", link=link)
        assert self.indicator is not None
        if not self.indicator.is_defined:
            raise NotYet(f"指標「{self.indicator}」の分子・分母・基準日・出典がそろっていません。", link=link)
        if self.denominator_before != self.denominator_after:
            raise Refused("前後で分母の基準日が違います。同じ基準日の人口で割った値を使ってください。", link=link)
        self.move_to(self.Status.SUBMITTED, "検証の申込み", by=by, returned_for="")

    @transaction.atomic
    def accept(self, *, by: Actor) -> None:
        """Find the study feasible (実施可). Raises Refused."""
        self.move_to(self.Status.FEASIBLE, "検証の引受け", by=by)

    @transaction.atomic
    def send_back(self, *, reason: str, by: Actor) -> None:
        """Give the study back with a reason (差戻し). Raises Refused."""
        if not reason.strip():
            raise Refused("差戻しの理由を書いてください。")
        self.move_to(self.Status.RETURNED, "検証の差戻し", by=by, reason=reason, returned_for=reason)

    @transaction.atomic
    def bring_to(self, meeting: Meeting, *, by: Actor) -> None:
        """Put the result on the agenda of a planned meeting, once (議題への登録). Raises Refused, Conflict."""
        if self.status != self.Status.ANALYSED or meeting.status != Meeting.Status.PLANNED:
            raise Refused("結果を諮れるのは、計算を終えた検証を、これから開く会議にだけです。")
        item = AgendaItem(
            kind=AgendaItem.Kind.DECIDE, title=f"検証 {self.number} {self.title}"[:200], department=self.department
        )
        meeting.add_item(item, by=by)
        if not compare_and_set(self, {"agenda_item__isnull": True}, agenda_item=item):
            raise Conflict("この検証は、もう議題に入っています。")
        record(self, "検証の議題への登録", by=by, after={"会議": meeting.code})
