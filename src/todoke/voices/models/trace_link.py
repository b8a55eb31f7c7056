"""Trace links つながり: from an opinion, an idea or a staff proposal to what it changed, promised or measures."""

from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone

from todoke.accounts.models import User
from todoke.audit.log import record
from todoke.flows.models import Flow
from todoke.meetings.models import Commitment
from todoke.plans.models import Indicator, Measure
from todoke.rounds.models import RoundRow
from todoke.runtime.refusals import NotAllowed, Refused
from todoke.voices.models.comment_group import CommentGroup, TextChange
from todoke.voices.models.idea import Idea
from todoke.voices.models.staff_proposal import StaffProposal
from todoke.voices.permissions import LINK_VOICE, MODERATE_IDEA, RUN_CONSULTATION

SOURCES = ("group", "idea", "staff_proposal")
TARGETS = ("change", "commitment", "measure", "indicator", "round_row", "flow")


def _exactly_one(names: tuple[str, ...]) -> Q:
    """Return the condition that exactly one of the columns is set."""
    found = Q()
    for name in names:
        found |= Q(**{f"{each}__isnull": each != name for each in names})
    return found


class TraceLink(models.Model):
    """つながり: one voice led to one thing; whether that was reached is read from the thing, never typed."""

    group = models.ForeignKey(CommentGroup, models.PROTECT, null=True, related_name="links", verbose_name="意見")
    idea = models.ForeignKey(Idea, models.PROTECT, null=True, related_name="links", verbose_name="投稿")
    staff_proposal = models.ForeignKey(
        StaffProposal, models.PROTECT, null=True, related_name="links", verbose_name="職員提案"
    )
    change = models.ForeignKey(TextChange, models.PROTECT, null=True, related_name="links", verbose_name="案の修正")
    commitment = models.ForeignKey(Commitment, models.PROTECT, null=True, related_name="+", verbose_name="宿題")
    measure = models.ForeignKey(Measure, models.PROTECT, null=True, related_name="+", verbose_name="施策")
    indicator = models.ForeignKey(Indicator, models.PROTECT, null=True, related_name="+", verbose_name="指標")
    round_row = models.ForeignKey(RoundRow, models.PROTECT, null=True, related_name="+", verbose_name="棚卸の行")
    flow = models.ForeignKey(Flow, models.PROTECT, null=True, related_name="+", verbose_name="業務フロー")
    reason = models.CharField("つないだ理由", max_length=300)
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="つないだ人")
    made_at = models.DateTimeField("つないだ日時", default=timezone.now)

    class Meta:
        verbose_name = "つながり"
        ordering = ["made_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=_exactly_one(SOURCES), name="voices_a_link_begins_at_one_voice"),
            models.CheckConstraint(condition=_exactly_one(TARGETS), name="voices_a_link_ends_at_one_thing"),
            *(
                models.UniqueConstraint(
                    fields=[source, target], name=f"voices_{source}_to_{target}_once",
                    condition=Q(**{f"{source}__isnull": False, f"{target}__isnull": False}),
                )
                for source in SOURCES
                for target in TARGETS
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.source} → {self.target}"

    @property
    def source(self) -> CommentGroup | Idea | StaffProposal:
        """The voice."""
        found: CommentGroup | Idea | StaffProposal | None = self.group or self.idea or self.staff_proposal
        assert found is not None, "a constraint of the table"
        return found

    @property
    def target_name(self) -> str:
        """Which column the thing stands in."""
        return next(name for name in TARGETS if getattr(self, f"{name}_id") is not None)

    @property
    def target(self) -> models.Model:
        """The thing that the voice led to."""
        found: models.Model = getattr(self, self.target_name)
        return found

    @property
    def kind(self) -> str:
        """What the thing is called."""
        return str(self.target._meta.verbose_name)

    @property
    def reached(self) -> bool | None:
        """Whether it was reached, read from the thing; None where that cannot be said."""
        if self.commitment is not None:
            return self.commitment.status == Commitment.Status.FULFILLED
        if self.measure is not None:
            return self.measure.milestones.exists() and not self.measure.milestones.filter(reached_on=None).exists()
        if self.indicator is not None:
            return self.indicator.actuals.filter(on__gt=self.made_at.date(), value__isnull=False).exists()
        return True if self.change is not None else None

    @classmethod
    @transaction.atomic
    def make(
        cls, source: CommentGroup | Idea | StaffProposal, target: models.Model, *, reason: str, by: User
    ) -> "TraceLink":
        """つなぐ: say that a voice led to a thing, once. Raises NotAllowed, Refused."""
        if not may_link(source, by):
            raise NotAllowed("声をつなげるのは、担当部署の職員と、DX推進本部事務局です。")
        if not reason.strip():
            raise Refused("どうつながるかを書いてください。")
        places = {"commentgroup": "group", "idea": "idea", "staffproposal": "staff_proposal", "textchange": "change",
                  "roundrow": "round_row"}  # fmt: skip
        names = [each._meta.model_name or "" for each in (source, target)]
        first, second = (places.get(name, name) for name in names)
        made, is_new = cls.objects.get_or_create(
            **{first: source, second: target}, defaults={"reason": reason, "made_by": by}
        )
        if not is_new:
            raise Refused("もうつないであります。")
        record(made, "声のつながり", by=by, after={"声": str(source), "行き先": str(target)}, reason=reason)
        return made


def may_link(source: CommentGroup | Idea | StaffProposal, by: User) -> bool:
    """Whether a person may say what a voice led to."""
    if LINK_VOICE.held_by(by):
        return True
    if isinstance(source, CommentGroup):
        return RUN_CONSULTATION.held_by(by, source.consultation.department)
    return isinstance(source, Idea) and MODERATE_IDEA.held_by(by, source.challenge.department)
