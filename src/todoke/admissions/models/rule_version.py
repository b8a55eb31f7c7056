"""Rule versions 基準の版: the criteria as frozen documents, published by a second person, and the draft of the next."""

from datetime import date
from typing import Any

from django.db import models, transaction
from django.db.models import F, Q
from django.utils import timezone

from todoke.accounts.models import User
from todoke.admissions.models.scheme import Scheme
from todoke.admissions.points.rule_document import RuleDocument
from todoke.admissions.points.rule_reader import read_rules
from todoke.audit.immutable import ImmutableModel
from todoke.audit.log import record, state_hash
from todoke.audit.transitions import compare_and_set
from todoke.runtime.refusals import Conflict, NotAllowed, NotYet, Refused


def require_writer(scheme: Scheme, by: User) -> None:
    """Raises NotAllowed to whoever may not write the rules of a scheme."""
    if not scheme.can_write_rules(by):
        raise NotAllowed("基準を書けるのは、手続設計担当と、この制度の担当部署の人だけです。")


class RuleVersionQuerySet(models.QuerySet["RuleVersion"]):
    def in_force(self, month: date) -> "RuleVersionQuerySet":
        """The version of each scheme that holds for places from a month on: the last that began by then."""
        latest = RuleVersion.objects.filter(scheme=models.OuterRef("scheme"), starts_on__lte=month)
        return self.filter(pk=models.Subquery(latest.order_by("-starts_on").values("pk")[:1]))


class RuleVersion(ImmutableModel):
    """基準の版: a published rule document, in force for places from a month on until the next version begins.

    Ranges cannot overlap: a version has only a beginning, and one scheme has one version a beginning.
    """

    FROZEN, INSTEAD = "公開した基準の版", "新しい版を公開してください。"

    scheme = models.ForeignKey(Scheme, models.PROTECT, related_name="rule_versions", verbose_name="利用調整の制度")
    number = models.PositiveIntegerField("版")
    document = models.JSONField("基準の定め")
    sha256 = models.CharField("照合値", max_length=64)
    basis = models.CharField("根拠", max_length=300)
    starts_on = models.DateField("適用を始める利用開始月")
    changes = models.TextField("前の版からの変更", blank=True)
    author = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="書いた人")
    published_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="確かめて公開した人")
    published_at = models.DateTimeField("公開日時", auto_now_add=True)

    objects = RuleVersionQuerySet.as_manager()

    class Meta:
        verbose_name = "基準の版"
        ordering = ["scheme", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["scheme", "number"], name="admissions_one_rule_version_per_number"),
            models.UniqueConstraint(fields=["scheme", "starts_on"], name="admissions_one_rule_version_per_beginning"),
            models.CheckConstraint(condition=Q(starts_on__day=1), name="admissions_rules_begin_with_a_month"),
            models.CheckConstraint(
                condition=~Q(author=F("published_by")), name="admissions_rules_are_published_by_another"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.scheme} 第{self.number}版"

    @property
    def rules(self) -> RuleDocument:
        """The document as data."""
        return read_rules(self.document)

    @property
    def previous(self) -> "RuleVersion | None":
        """The version before this one."""
        return self.scheme.rule_versions.filter(number__lt=self.number).order_by("-number").first()


class RuleDraft(models.Model):
    """基準の案: the next rule document, tried on earlier children before a second person publishes it."""

    scheme = models.OneToOneField(Scheme, models.PROTECT, related_name="rule_draft", verbose_name="利用調整の制度")
    document = models.JSONField("基準の定め")
    starts_on = models.DateField("適用を始める利用開始月")
    author = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="書いた人")
    revision = models.PositiveIntegerField("保存回数", default=0)
    saved_at = models.DateTimeField("保存日時", default=timezone.now)
    tried_hash = models.CharField("試した案の照合値", max_length=64, blank=True)
    trial = models.JSONField("試した結果", default=dict)

    class Meta:
        verbose_name = "基準の案"
        ordering = ["scheme"]
        constraints = [
            models.CheckConstraint(condition=Q(starts_on__day=1), name="admissions_draft_begins_with_a_month"),
        ]

    def __str__(self) -> str:
        return f"{self.scheme} の案"

    @classmethod
    @transaction.atomic
    def edit(
        cls, scheme: Scheme, document: dict[str, Any], *, starts_on: date, by: User, revision: int | None = None
    ) -> "RuleDraft":
        """案の保存: replace the document; one audit entry.

        Raises InvalidDefinition for a fault, NotAllowed, Refused for a beginning inside a month, Conflict when stale.
        """
        require_writer(scheme, by)
        read_rules(document)
        if starts_on.day != 1:
            raise Refused("適用の始まりは、月の1日にしてください。")
        draft, _ = cls.objects.get_or_create(
            scheme=scheme, defaults={"document": {}, "starts_on": starts_on, "author": by}
        )
        known = draft.revision if revision is None else revision
        changes = {"document": document, "starts_on": starts_on, "author": by, "saved_at": timezone.now()}
        if not compare_and_set(draft, {"revision": known}, revision=known + 1, **changes):
            raise Conflict("ほかの人がこの案を先に保存しました。あなたの変更は保存していません。開き直してください。")
        record(draft, "基準の案の保存", by=by, after={"基準の定め": state_hash(document), "適用開始": starts_on})
        return draft

    @property
    def rules(self) -> RuleDocument:
        """The document as data."""
        return read_rules(self.document)

    @property
    def is_tried(self) -> bool:
        """Whether this very document was tried on earlier children."""
        return self.tried_hash == state_hash(self.document)

    @transaction.atomic
    def keep_trial(self, result: dict[str, Any], *, by: User) -> None:
        """Keep what a trial on earlier children showed; one audit entry.

        Raises NotAllowed, Conflict when saved meanwhile.
        """
        require_writer(self.scheme, by)
        tried = state_hash(self.document)
        if not compare_and_set(self, {"revision": self.revision}, trial=result, tried_hash=tried):
            raise Conflict("試しているあいだに案が変わりました。もう一度試してください。")
        record(self, "基準の案の試行", by=by, after={"基準の定め": tried})

    def can_publish(self, user: User) -> bool:
        """Whoever may write the rules and did not save this draft last."""
        return self.scheme.can_write_rules(user) and user.pk != self.author_id

    @transaction.atomic
    def publish(self, *, by: User, changes: str = "", seen: int | None = None) -> RuleVersion:
        """公開: freeze the draft as the next version; one audit entry.

        Raises NotAllowed for the author, NotYet before a trial where there are earlier children, Refused for a
        beginning that is not later than the last, Conflict when the draft was saved after ``seen``.
        """
        require_writer(self.scheme, by)
        if by.pk == self.author_id:
            raise NotAllowed("自分が書いた基準は、自分では公開できません。ほかの人に確かめてもらってください。")
        if not self.is_tried and self.scheme.rounds.filter(children__isnull=False).exists():
            raise NotYet("前の選考の児童でまだ試していない案です。点数が変わる児童を確かめてから公開してください。")
        if not compare_and_set(self, {"revision": self.revision if seen is None else seen}, saved_at=timezone.now()):
            raise Conflict("この案はそのあとで変わりました。もう一度開いて確かめてください。")
        last = self.scheme.rule_versions.order_by("-number").first()
        if last is not None and self.starts_on <= last.starts_on:
            raise Refused("適用の始まりは、いまの版より後の月にしてください。版の期間は重なりません。")
        version = RuleVersion.objects.create(
            scheme=self.scheme, number=last.number + 1 if last else 1, document=self.document, changes=changes,
            sha256=state_hash(self.document), basis=self.rules.basis, starts_on=self.starts_on, author=self.author,
            published_by=by,
        )  # fmt: skip
        record(version, "基準の公開", by=by, after={"版": version.number, "照合値": version.sha256})
        return version
