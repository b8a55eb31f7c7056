"""Content gaps 案内の抜け: what people asked and nothing answered, for the section that owns the matter."""

from datetime import date
from typing import Any, ClassVar

from django.db import models, transaction
from django.db.models import F, Q
from django.utils import timezone

from todoke.accounts.actors import Actor
from todoke.accounts.models import User
from todoke.audit.log import record
from todoke.audit.transitions import Transitions, transition
from todoke.guidance.models.faq import Faq
from todoke.guidance.models.vocabulary import PlainName
from todoke.guidance.permissions import WRITE_FAQS
from todoke.japanese.content_words import content_words
from todoke.organization.models import Department
from todoke.runtime.refusals import Conflict, NotAllowed, Refused

SHARED = 2
"""Content words that two questions share which are held for one gap."""
LOOKED_AT = 500


class ContentGapQuerySet(models.QuerySet["ContentGap"]):
    def open(self) -> "ContentGapQuerySet":
        return self.filter(status__in=(ContentGap.Status.OPEN, ContentGap.Status.WRITING))

    def visible_to(self, user: User) -> "ContentGapQuerySet":
        """Those of a person's sections, and for designers and headquarters all, also those that no section owns yet."""
        if WRITE_FAQS.held_by(user):
            return self
        return self.filter(department__in=WRITE_FAQS.departments_of(user))


class ContentGap(models.Model):
    """案内の抜け: a question that no answer fits, until an answer is published or refused with a reason."""

    class Status(models.TextChoices):
        OPEN = "open", "未着手"
        WRITING = "writing", "作成中"
        PUBLISHED = "published", "公開"
        DECLINED = "declined", "回答しない"
        WORDED = "worded", "手続の聞き方にした"

    NEXT: ClassVar[Transitions] = {
        Status.OPEN: frozenset({Status.WRITING, Status.DECLINED, Status.WORDED}),
        Status.WRITING: frozenset({Status.PUBLISHED, Status.DECLINED}),
        Status.PUBLISHED: frozenset(),
        Status.DECLINED: frozenset(),
        Status.WORDED: frozenset(),
    }

    title = models.CharField("聞かれたこと", max_length=200)
    terms = models.CharField("語", max_length=400)
    department = models.ForeignKey(
        Department, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="担当部署"
    )
    status = models.CharField("状態", max_length=10, choices=Status.choices, default=Status.OPEN)
    count = models.PositiveIntegerField("回数", default=1)
    first_at = models.DateTimeField("初めて聞かれた日時", default=timezone.now)
    last_at = models.DateTimeField("最後に聞かれた日時", default=timezone.now)
    faq = models.ForeignKey(Faq, models.PROTECT, null=True, blank=True, related_name="gaps", verbose_name="問答")
    reason = models.CharField("回答しない理由", max_length=200, blank=True)

    objects = ContentGapQuerySet.as_manager()

    class Meta:
        verbose_name = "案内の抜け"
        ordering = ["-count", "-last_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(status="declined") | ~Q(reason=""), name="guidance_declined_gap_has_its_reason"
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["writing", "published"]) | Q(faq__isnull=False),
                name="guidance_written_gap_has_its_faq",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @classmethod
    @transaction.atomic
    def report(cls, words: str, *, department: Department | None, by: Actor) -> "ContentGap | None":
        """抜けの記録: count a question that nothing answered, with an open gap that shares two words, or as a new one.

        ``words`` are masked already. None where no content word is in them.
        """
        terms = sorted(set(content_words(words)))
        if not terms:
            return None
        for gap in cls.objects.open().order_by("-last_at", "-pk")[:LOOKED_AT]:
            if len(set(gap.terms.split()) & set(terms)) >= min(SHARED, len(terms)):
                cls.objects.filter(pk=gap.pk).update(count=F("count") + 1, last_at=timezone.now())
                return gap
        gap = cls.objects.create(title=words[:200], terms=" ".join(terms)[:400], department=department)
        record(gap, "案内の抜けの記録", by=by, after={"聞かれたこと": gap.title})
        return gap

    @transaction.atomic
    def draft(self, *, department: Department, review_on: date, by: User, answer: str = "") -> Faq:
        """問答の起案: draft an answer with people's words as a wording. Raises NotAllowed, Conflict."""
        from_words = Faq.begin_for(self.title, department=department, review_on=review_on, by=by, answer=answer)
        self._move(self.Status.WRITING, by=by, faq=from_words, department=department)
        return from_words

    @transaction.atomic
    def hand_over(self, department: Department, *, by: User) -> None:
        """引継ぎ: another section owns the matter. Raises NotAllowed."""
        self._require(by)
        ContentGap.objects.filter(pk=self.pk).update(department=department)
        record(self, "案内の抜けの引継ぎ", by=by, after={"担当部署": department.name})

    @transaction.atomic
    def decline(self, reason: str, *, by: User) -> None:
        """回答しない: with the reason. Raises NotAllowed, Refused without one, Conflict."""
        self._require(by)
        if not reason.strip():
            raise Refused("答えを載せない理由を書いてください。")
        self._move(self.Status.DECLINED, by=by, reason=reason[:200])

    @transaction.atomic
    def word(self, name: PlainName, *, by: User) -> None:
        """聞き方に加える: the search learns people's words. Raises NotAllowed, Refused where it is full, Conflict."""
        asked = "、".join(filter(None, [name.asked, self.title.replace("、", " ")]))
        if len(asked) > 1000:
            raise Refused("この手続の聞き方がいっぱいです。「さがす言葉」で古いものを減らしてください。")
        name.asked = asked
        name.keep(by=by)
        self._move(self.Status.WORDED, by=by)

    def _require(self, by: User) -> None:
        if not ContentGap.objects.visible_to(by).filter(pk=self.pk).exists():
            raise NotAllowed("この抜けを扱えるのは、担当部署の人と、手続設計担当・DX推進本部事務局です。")

    def _move(self, to: "ContentGap.Status", *, by: Actor, **changes: Any) -> None:
        if not transition(self, to, **changes):
            raise Conflict("この抜けは、ほかの人が先に扱いました。一覧を開き直してください。")
        record(self, f"案内の抜け: {to.label}", by=by, reason=changes.get("reason", ""))

    def close(self, *, by: Actor) -> None:
        """公開: an answer to it was published. Raises Conflict."""
        self._move(self.Status.PUBLISHED, by=by)
