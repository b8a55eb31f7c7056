"""Use rules 利用条件の版: the terms of a group, frozen when a second person publishes them; the next draft."""

from datetime import date
from typing import Any

from django.db import models, transaction
from django.db.models import F
from django.utils import timezone

from todoke.accounts.models import User
from todoke.audit.immutable import ImmutableModel
from todoke.audit.log import record, state_hash
from todoke.audit.transitions import compare_and_set
from todoke.bookings.models.facility import FacilityGroup
from todoke.bookings.terms_document import frozen_terms, read_terms
from todoke.bookings.use_terms import UseTerms
from todoke.compiled_queries import CompiledQuery, Parameter
from todoke.runtime.refusals import Conflict, NotAllowed, Refused


class UseRules(ImmutableModel):
    """利用条件の版: published terms of a facility group, in force from a day until the next version begins."""

    FROZEN, INSTEAD = "公開した利用条件の版", "新しい版を公開してください。"

    group = models.ForeignKey(FacilityGroup, models.PROTECT, related_name="rules", verbose_name="施設群")
    number = models.PositiveIntegerField("版")
    document = models.JSONField("利用規則の定め")
    sha256 = models.CharField("照合値", max_length=64)
    starts_on = models.DateField("適用を始める日")
    author = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="書いた人")
    published_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="公開した人")
    published_at = models.DateTimeField("公開日時", auto_now_add=True)

    class Meta:
        verbose_name = "利用条件の版"
        ordering = ["group", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["group", "number"], name="bookings_one_rules_per_number"),
            models.UniqueConstraint(fields=["group", "starts_on"], name="bookings_one_rules_per_beginning"),
            models.CheckConstraint(
                condition=~models.Q(author=F("published_by")), name="bookings_rules_are_published_by_another"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.group} 第{self.number}版"

    @classmethod
    def in_force(cls, group: FacilityGroup, on: date) -> "UseRules | None":
        """Return the version that holds for bookings made on a day."""
        return _IN_FORCE.first(group=group.pk, on=on)

    @property
    def terms(self) -> UseTerms:
        """The terms as data."""
        return frozen_terms(self.sha256, self.document)


def _in_force_query() -> models.QuerySet[UseRules]:
    of_group = UseRules.objects.filter(group=Parameter("group", models.BigIntegerField()))
    return of_group.filter(starts_on__lte=Parameter("on", models.DateField())).order_by("-starts_on")[:1]


_IN_FORCE = CompiledQuery(_in_force_query)


class UseRulesDraft(models.Model):
    """利用条件の案: the next terms of a group; whoever saved them last cannot publish them."""

    group = models.OneToOneField(FacilityGroup, models.PROTECT, related_name="rules_draft", verbose_name="施設群")
    document = models.JSONField("利用規則の定め")
    starts_on = models.DateField("適用を始める日")
    author = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="書いた人")
    revision = models.PositiveIntegerField("保存回数", default=0)
    saved_at = models.DateTimeField("保存日時", default=timezone.now)

    class Meta:
        verbose_name = "利用条件の案"
        ordering = ["group"]

    def __str__(self) -> str:
        return f"{self.group}の案"

    @classmethod
    @transaction.atomic
    def edit(
        cls, group: FacilityGroup, document: dict[str, Any], *, starts_on: date, by: User, revision: int | None = None
    ) -> "UseRulesDraft":
        """案の保存: replace the terms; one audit entry. Raises InvalidTerms, NotAllowed, Conflict when stale."""
        require_writer(group, by)
        read_terms(document)
        draft, _ = cls.objects.get_or_create(
            group=group, defaults={"document": {}, "starts_on": starts_on, "author": by}
        )
        known = draft.revision if revision is None else revision
        changes = {"document": document, "starts_on": starts_on, "author": by, "saved_at": timezone.now()}
        if not compare_and_set(draft, {"revision": known}, revision=known + 1, **changes):
            raise Conflict("ほかの人がこの案を先に保存しました。あなたの変更は保存していません。開き直してください。")
        record(draft, "利用規則の案の保存", by=by, after={"定め": state_hash(document), "適用開始": starts_on})
        return draft

    @property
    def terms(self) -> UseTerms:
        """The terms as data."""
        return read_terms(self.document)

    @property
    def sha256(self) -> str:
        """The hash that a version of this very document has."""
        return state_hash(self.document)

    def can_publish(self, user: User) -> bool:
        """Whoever may write the rules and did not save this draft last."""
        return self.group.can_write_rules(user) and user.pk != self.author_id

    @transaction.atomic
    def publish(self, *, by: User, seen: int | None = None) -> UseRules:
        """公開: freeze the draft as the next version; one audit entry.

        Raises NotAllowed for the author, Refused for a beginning that is not later than the last, Conflict when the
        draft was saved after ``seen``.
        """
        require_writer(self.group, by)
        if by.pk == self.author_id:
            raise NotAllowed("自分が書いた規則は、自分では公開できません。ほかの人に確かめてもらってください。")
        if not compare_and_set(self, {"revision": self.revision if seen is None else seen}, saved_at=timezone.now()):
            raise Conflict("この案はそのあとで変わりました。もう一度開いて確かめてください。")
        last = self.group.rules.order_by("-number").first()
        if last is not None and self.starts_on <= last.starts_on:
            raise Refused("適用の始まりは、いまの版より後の日にしてください。版の期間は重なりません。")
        version = UseRules.objects.create(
            group=self.group, number=last.number + 1 if last else 1, document=self.document,
            sha256=state_hash(self.document), starts_on=self.starts_on, author=self.author, published_by=by,
        )  # fmt: skip
        record(version, "利用規則の公開", by=by, after={"版": version.number, "照合値": version.sha256}, first=True)
        return version


def require_writer(group: FacilityGroup, by: User) -> None:
    """Raises NotAllowed to whoever may not write the rules of a group."""
    if not group.can_write_rules(by):
        raise NotAllowed("利用規則を書けるのは、手続設計担当と、この施設の担当部署の人だけです。")
