"""Release drafts 公開版の案: the terms of the next release, which a second person confirms before they go live."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db import models, transaction
from django.db.models import F, Q
from django.utils import timezone

from todoke.accounts.actors import Actor, user_of
from todoke.accounts.models import User
from todoke.audit.log import record
from todoke.audit.transitions import Transitions, transition
from todoke.formbuilder.document.parser import fingerprint
from todoke.offers import signals
from todoke.offers.models.offer import Offer
from todoke.offers.models.release import Release
from todoke.offers.permissions import MANAGE_OFFER
from todoke.offers.release_terms import TermsProblem, problems_of, release_fields, release_rows
from todoke.organization.models import Tenure
from todoke.runtime.refusals import Conflict, NotAllowed, NotYet, Refused


class ReleaseDraftQuerySet(models.QuerySet["ReleaseDraft"]):
    def waiting(self) -> ReleaseDraftQuerySet:
        """Drafts that wait for a second person."""
        return self.filter(status=ReleaseDraft.Status.WAITING)

    def for_reviewer(self, user: User, held: models.QuerySet[Tenure]) -> ReleaseDraftQuerySet:
        """Drafts that a person may confirm by tenures of theirs, in one query."""
        mine = Q(offer__department__in=MANAGE_OFFER.departments_by(held))
        if held.filter(post__role__in=MANAGE_OFFER.everywhere).exists():
            mine = Q()
        return self.filter(mine).exclude(asked_by=user).exclude(edited_by=user)


class ReleaseDraft(models.Model):
    """公開版の案: form version, fees, route and letters of the next release of an offer, never shown to applicants."""

    class Status(models.TextChoices):
        EDITING = "editing", "作成中"
        WAITING = "waiting", "確認待ち"
        RETURNED = "returned", "差戻し"
        PUBLISHED = "published", "公開済み"

    NEXT: ClassVar[Transitions] = {
        Status.EDITING: frozenset({Status.EDITING, Status.WAITING, Status.PUBLISHED}),
        Status.WAITING: frozenset({Status.EDITING, Status.RETURNED, Status.PUBLISHED}),
        Status.RETURNED: frozenset({Status.EDITING}),
        Status.PUBLISHED: frozenset({Status.EDITING}),
    }

    offer = models.OneToOneField(Offer, models.PROTECT, related_name="draft", verbose_name="オンライン受付")
    terms = models.JSONField("条件")
    revision = models.PositiveIntegerField("保存回数", default=0)
    edited_at = models.DateTimeField("最終保存日時", default=timezone.now)
    edited_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="保存者")
    status = models.CharField("状態", max_length=10, choices=Status.choices, default=Status.EDITING)
    request = models.CharField("見てほしいところ", max_length=300, blank=True)
    asked_at = models.DateTimeField("頼んだ日時", null=True)
    asked_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="頼んだ人")
    decided_at = models.DateTimeField("答えた日時", null=True)
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="確かめた人")
    comment = models.CharField("意見", max_length=500, blank=True)

    objects = ReleaseDraftQuerySet.as_manager()

    class Meta:
        verbose_name = "公開版の案"
        ordering = ["offer__code"]
        constraints = [
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | Q(asked_by__isnull=True) | ~Q(decided_by=F("asked_by")),
                name="offers_release_is_confirmed_by_another",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.offer} {self.get_status_display()}"

    @classmethod
    @transaction.atomic
    def edit(cls, offer: Offer, terms: dict[str, Any], *, by: Actor, revision: int | None = None) -> ReleaseDraft:
        """Replace the terms of the next release and return its draft; a request to confirm it ends.

        Raises Conflict for a stale revision.
        """
        draft, _ = cls.objects.get_or_create(offer=offer, defaults={"terms": {}})
        known = draft.revision if revision is None else revision
        changes = {"terms": terms, "edited_at": timezone.now(), "edited_by": user_of(by), "revision": known + 1}
        cleared = {"request": "", "asked_at": None, "asked_by": None, "decided_at": None, "decided_by": None}
        if not transition(draft, cls.Status.EDITING, read={"revision": known}, comment="", **changes, **cleared):
            raise Conflict("ほかの人がこの案を先に保存しました。あなたの変更は保存していません。開き直してください。")
        record(draft, "公開版の案の保存", by=by, after={"条件": fingerprint(terms)})
        return draft

    def problems(self) -> list[TermsProblem]:
        """Return what keeps the terms from being published."""
        return problems_of(self.offer, self.terms)

    def _require_sound(self) -> None:
        if found := self.problems():
            raise Refused("この案はまだ公開できません。" + " / ".join(problem.words for problem in found[:5]))

    @transaction.atomic
    def ask(self, *, by: Actor, request: str = "") -> None:
        """Ask a second person to confirm the terms (確認の依頼). Raises Refused for defects, Conflict when stale."""
        self._require_sound()
        asked = {"request": request, "asked_at": timezone.now(), "asked_by": user_of(by)}
        if not transition(self, self.Status.WAITING, read={"revision": self.revision}, **asked):
            raise Conflict("この案は、確認を頼める状態ではありません。開き直して確かめてください。")
        record(self, "公開版の確認の依頼", by=by, after={"条件": fingerprint(self.terms)})
        signals.release_review_requested.send(type(self), draft=self, by=by)

    def require_revision(self, seen: int) -> None:
        """Raise Conflict where the terms were saved again after the revision that a person read."""
        if seen != self.revision:
            raise Conflict("この案はそのあとで変わりました。変わったところを読んで、もう一度確かめてください。")

    def can_decide(self, user: User) -> bool:
        """Tell whether a person may confirm: may manage the offer, and neither asked for it nor edited it last."""
        return self.offer.can_manage(user) and user.pk not in {self.asked_by_id, self.edited_by_id}

    def reviewers(self) -> models.QuerySet[User]:
        """Return everybody who may confirm, in one query."""
        people = MANAGE_OFFER.people(self.offer.department)
        return people.exclude(pk__in=[pk for pk in (self.asked_by_id, self.edited_by_id) if pk]).order_by("pk")

    @transaction.atomic
    def return_to_designer(self, *, by: User, comment: str) -> None:
        """Return the draft with a comment (差戻し). Raises NotAllowed for requester and last editor, Conflict."""
        self._decide(self.Status.RETURNED, by, comment)
        record(self, "公開版の案の差戻し", by=by, reason=comment)
        signals.release_review_settled.send(type(self), draft=self, by=by)

    @transaction.atomic
    def publish(self, *, by: User, comment: str = "") -> Release:
        """Confirm the terms and put them into force (確認と公開); return the release.

        Raises NotYet before it was asked for, NotAllowed for requester and last editor, Conflict and Refused.
        """
        self._require_sound()
        if settings.FORM_REVIEW:
            if self.status != self.Status.WAITING:
                raise NotYet("まだ公開できません。作った人ではない人が内容を確かめると、公開されます。")
            self._decide(self.Status.PUBLISHED, by, comment)
        elif not transition(self, self.Status.PUBLISHED, read={"revision": self.revision}):
            raise Conflict("この案はもう公開されているか、ほかの人が変えました。開き直して確かめてください。")
        release = Release.publish(self.offer, rows=release_rows(self.terms), by=by, **release_fields(self.terms))
        record(self, "公開版の案の確認", by=by, reason=comment, after={"条件": fingerprint(self.terms)})
        signals.release_review_settled.send(type(self), draft=self, by=by)
        return release

    def _decide(self, to: str, by: User, comment: str) -> None:
        if not self.can_decide(by):
            raise NotAllowed("自分が作った案、自分が頼んだ確認は、自分では終えられません。ほかの人に頼んでください。")
        decided = {"decided_at": timezone.now(), "decided_by": by, "comment": comment}
        if not transition(self, to, read={"revision": self.revision}, **decided):
            raise Conflict("この案はそのあとで変わったか、ほかの人が先に答えました。もう一度開いて確かめてください。")
