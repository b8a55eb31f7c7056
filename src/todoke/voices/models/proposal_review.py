"""Proposal reviews 審査: statements of sections, agendas, verdicts, and what was measured afterwards."""

from datetime import date

from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone

from todoke.accounts.actors import Actor
from todoke.accounts.models import User
from todoke.audit.immutable import ImmutableModel
from todoke.audit.log import record
from todoke.audit.transitions import compare_and_set
from todoke.meetings.models import AgendaItem, Meeting
from todoke.organization.models import Department
from todoke.runtime.refusals import NotAllowed, Refused
from todoke.voices.models.proposal_call import require_secretariat
from todoke.voices.models.staff_proposal import StaffProposal
from todoke.voices.permissions import STATE_SECTION_VIEW

ENOUGH = 5
STATUS = StaffProposal.Status


class SectionStatement(models.Model):
    """所管の意見: what the section in charge says of a proposal before it is judged."""

    proposal = models.ForeignKey(StaffProposal, models.CASCADE, related_name="statements", verbose_name="職員提案")
    department = models.ForeignKey(Department, models.PROTECT, related_name="+", verbose_name="所管の部署")
    text = models.TextField("意見", max_length=2000, blank=True)
    stated_at = models.DateTimeField("書いた日時", null=True)

    class Meta:
        verbose_name = "所管の意見"
        ordering = ["proposal", "department__code"]
        constraints = [
            models.UniqueConstraint(fields=["proposal", "department"], name="voices_one_statement_per_section"),
            models.CheckConstraint(condition=Q(stated_at=None) | ~Q(text=""), name="voices_a_statement_has_words"),
        ]

    def __str__(self) -> str:
        return f"{self.department} {self.text[:40]}"

    @classmethod
    @transaction.atomic
    def ask(cls, proposal: StaffProposal, department: Department, *, by: User) -> "SectionStatement":
        """所管に聞く: ask a section for its view, once. Raises NotAllowed."""
        require_secretariat(by)
        found, is_new = cls.objects.get_or_create(proposal=proposal, department=department)
        if is_new:
            record(proposal, "所管への意見の照会", by=by, after={"部署": department.code})
        return found

    def require_chief(self, by: User) -> None:
        """Raises NotAllowed unless a person speaks for the section."""
        if not STATE_SECTION_VIEW.held_by(by, self.department):
            raise NotAllowed("所管の意見を書けるのは、聞かれた部署の課長と、その上の部長です。")

    @transaction.atomic
    def state(self, text: str, *, by: User) -> None:
        """所管の意見を書く. Raises NotAllowed, Refused."""
        self.require_chief(by)
        if not text.strip():
            raise Refused("意見を書いてください。")
        self.text, self.stated_at = text, timezone.now()
        self.save(update_fields=["text", "stated_at"])
        record(self.proposal, "所管の意見", by=by, after={"部署": self.department.code, "意見": text})


class AgendaLink(models.Model):
    """付議: a proposal that stands on the agenda of a meeting, once."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="+", verbose_name="会議")
    proposal = models.ForeignKey(StaffProposal, models.PROTECT, related_name="agenda", verbose_name="職員提案")
    item = models.OneToOneField(AgendaItem, models.CASCADE, related_name="staff_proposal", verbose_name="議題")
    said_last = models.TextField("前回の言葉", blank=True)

    class Meta:
        verbose_name = "付議"
        ordering = ["meeting", "item__position"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "proposal"], name="voices_a_proposal_comes_up_once_a_meeting")
        ]

    def __str__(self) -> str:
        return f"{self.meeting} {self.proposal}"


@transaction.atomic
def bring_up(proposal: StaffProposal, meeting: Meeting, *, by: Actor) -> AgendaLink | None:
    """付議: put a proposal on an agenda; None where it stands on one already."""
    if not compare_and_set(proposal, {"on_agenda": None, "status": proposal.status}, on_agenda=meeting):
        return None
    item = AgendaItem(kind=AgendaItem.Kind.DECIDE, title=f"職員提案 {proposal}"[:200])
    meeting.add_item(item, by=by)
    return AgendaLink.objects.create(meeting=meeting, proposal=proposal, item=item, said_last=proposal.words)


@transaction.atomic
def carry_over(meeting: Meeting, *, by: Actor) -> int:
    """引継ぎ: put every favoured proposal, and each whose condition is due, on a planned agenda; return how many."""
    rows = StaffProposal.objects.to_be_heard(meeting.held_on).filter(call__body=meeting.body, on_agenda=None)
    added = 0
    for each in rows.order_by("call", "number"):
        if each.status == STATUS.CONDITIONAL:
            each.hear(by=by)
        added += bring_up(each, meeting, by=by) is not None
    return added


class ProposalVerdict(ImmutableModel):
    """審査結果: what a meeting said of a proposal, in its words; never changed."""

    FROZEN, INSTEAD = "審査結果", "次の会議の審査結果を書いてください。"

    class Outcome(models.TextChoices):
        FAVOURED = "favoured", "深掘り"
        CONDITIONAL = "conditional", "条件つき"
        DECLINED = "declined", "見送り"
        ADOPTED = "adopted", "採用"

    proposal = models.ForeignKey(StaffProposal, models.PROTECT, related_name="verdicts", verbose_name="職員提案")
    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="+", verbose_name="会議")
    outcome = models.CharField("結果", max_length=12, choices=Outcome)
    words = models.TextField("言葉", max_length=2000)
    given_at = models.DateTimeField("記録日時", default=timezone.now)

    class Meta:
        verbose_name = "審査結果"
        ordering = ["proposal", "given_at"]
        constraints = [
            models.UniqueConstraint(fields=["proposal", "meeting"], name="voices_one_verdict_per_meeting"),
            models.CheckConstraint(condition=~Q(words=""), name="voices_a_verdict_has_words"),
        ]

    def __str__(self) -> str:
        return f"{self.proposal} {self.get_outcome_display()}"

    @classmethod
    @transaction.atomic
    def give(
        cls, proposal: StaffProposal, *, meeting: Meeting, outcome: str, words: str, by: User, condition: str = "",
        review_on: date | None = None,
    ) -> "ProposalVerdict":  # fmt: skip
        """審査: record what a meeting said. Raises NotAllowed, Refused, Conflict."""
        require_secretariat(by)
        if not words.strip():
            raise Refused("会議の言葉を書いてください。")
        if outcome == cls.Outcome.CONDITIONAL and (not condition.strip() or review_on is None):
            raise Refused("条件つきには、条件と、確かめる日が要ります。")
        if proposal.status == STATUS.ACCEPTED:
            proposal.hear(by=by)
        proposal.judge(outcome, words=words, condition=condition, review_on=review_on, by=by)
        return cls.objects.create(proposal=proposal, meeting=meeting, outcome=outcome, words=words)


class EffectMeasurement(models.Model):
    """効果の測定: minutes before and after with the number of measurements, and how often a year."""

    class Source(models.TextChoices):
        SURVEY = "survey", "窓口体験調査"
        FLOW = "flow", "業務の記録(中央値)"
        STOPWATCH = "stopwatch", "ストップウォッチ"

    proposal = models.ForeignKey(StaffProposal, models.PROTECT, related_name="measurements", verbose_name="職員提案")
    source = models.CharField("測り方", max_length=10, choices=Source)
    minutes_before = models.DecimalField("前の分数", max_digits=7, decimal_places=2)
    minutes_after = models.DecimalField("後の分数", max_digits=7, decimal_places=2)
    number_before = models.PositiveIntegerField("前に測った数")
    number_after = models.PositiveIntegerField("後に測った数")
    before_on = models.DateField("前に測った日")
    after_on = models.DateField("後に測った日")
    times = models.PositiveIntegerField("一年の件数")
    times_source = models.CharField("一年の件数の出典", max_length=200)

    class Meta:
        verbose_name = "効果の測定"
        ordering = ["proposal", "after_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(number_before__gt=0, number_after__gt=0), name="voices_an_effect_is_measured_both_times"
            ),
            models.CheckConstraint(
                condition=Q(after_on__gt=models.F("before_on")), name="voices_an_effect_comes_afterwards",
                violation_error_message="後に測った日は、前に測った日より後にしてください。",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.proposal} {self.hours}時間"

    @classmethod
    @transaction.atomic
    def measure(cls, proposal: StaffProposal, *, by: User, **figures: object) -> "EffectMeasurement":
        """効果の測定: record what was measured after it was put to use. Raises NotAllowed, Refused."""
        require_secretariat(by)
        if proposal.status not in {STATUS.DONE, STATUS.MEASURED}:
            raise Refused("効果を測るのは、実施のあとです。")
        made = cls.objects.create(proposal=proposal, **figures)
        proposal.mark_measured(by=by)
        record(proposal, "効果の測定の記録", by=by, after={"時間": str(made.hours)})
        return made

    @property
    def hours(self) -> float:
        """Hours saved in a year (実測): minutes saved, times a year, over sixty."""
        return round(float(self.minutes_before - self.minutes_after) * self.times / 60, 1)

    @property
    def is_for_reference(self) -> bool:
        """Whether fewer than five measurements stand on either side (参考)."""
        return min(self.number_before, self.number_after) < ENOUGH
