"""Forms 様式: drafts 様式案 and their immutable published versions 様式の版."""

from typing import Any

from django.db import models, transaction
from django.utils import timezone

from todoke.accounts.actors import Actor, user_of
from todoke.accounts.models import User
from todoke.audit.immutable import ImmutableModel
from todoke.audit.log import record
from todoke.audit.transitions import compare_and_set, stamp_once
from todoke.formbuilder import signals
from todoke.formbuilder.document.parser import (
    cached_document,
    canonical_json,
    fingerprint,
    parse_document,
    read_document,
)
from todoke.formbuilder.document.structure import Document
from todoke.formbuilder.models.draft_revision import KEPT
from todoke.formbuilder.publication.publish_checks import NotPublishable, publish_defects
from todoke.japanese.calendar import today
from todoke.runtime.refusals import Conflict, NotYet


class FormDraft(models.Model):
    """様式案: the form document that designers edit; never shown to applicants."""

    code = models.SlugField("様式コード", max_length=60, unique=True)
    title = models.CharField("名称", max_length=120)
    document = models.JSONField("文書")
    revision = models.PositiveIntegerField("保存回数", default=0)
    edited_at = models.DateTimeField("最終保存日時", default=timezone.now)
    edited_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="保存者")

    class Meta:
        verbose_name = "様式案"
        ordering = ["code"]

    def __str__(self) -> str:
        return self.title

    @property
    def parsed(self) -> Document:
        """The parsed document. Raises InvalidDefinition for a draft that is not well formed."""
        return parse_document(canonical_json(self.document))

    @classmethod
    @transaction.atomic
    def begin(cls, code: str, document: dict[str, Any], *, by: Actor) -> "FormDraft":
        """Create a draft from a definition. Raises InvalidDefinition when it is ill formed."""
        title = read_document(document).title
        draft = cls.objects.create(code=code, title=title, document=document, edited_by=user_of(by))
        record(draft, "様式案の作成", by=by, after={"文書": fingerprint(document)})
        return draft

    @transaction.atomic
    def edit(self, document: dict[str, Any], *, by: Actor, revision: int | None = None, act: str = "保存") -> None:
        """Replace the document; ``act`` says in words what can be undone.

        Raises InvalidDefinition when it is ill formed, Conflict for a stale revision.
        """
        known = self.revision if revision is None else revision
        earlier = self.document
        self._store(document, known, by)
        if fingerprint(earlier) == fingerprint(document):
            return
        self.revisions.create(revision=known, document=earlier, act=act[:200], by=user_of(by))
        self.revisions.filter(revision__lt=known - KEPT).delete()

    @transaction.atomic
    def undo(self, *, by: Actor, revision: int | None = None) -> str:
        """Take the last act back and return what it was (元に戻す). Raises NotYet when there is none, Conflict."""
        last = self.revisions.undoable().first()
        if last is None or not stamp_once(last, "undone_at"):
            raise NotYet("元に戻せる変更はありません。")
        self._store(last.document, self.revision if revision is None else revision, by)
        return last.act

    @property
    def last_act(self) -> str:
        """What the next ``undo`` takes back, empty when there is nothing."""
        return self.revisions.undoable().values_list("act", flat=True).first() or ""

    def _store(self, document: dict[str, Any], known: int, by: Actor) -> None:
        title = read_document(document).title
        before = fingerprint(self.document)
        now = timezone.now()
        changes = {"document": document, "title": title, "edited_at": now, "edited_by": user_of(by)}
        if not compare_and_set(self, {"revision": known}, revision=known + 1, **changes):
            raise Conflict(
                "ほかの人がこの様式案を先に保存しました。あなたの変更は保存していません。開き直して変更してください。"
            )
        record(self, "様式案の保存", by=by, before={"文書": before}, after={"文書": fingerprint(document)})

    def check_publishable(self) -> None:
        """Run the publish checks. Raises NotPublishable with every defect, InvalidDefinition when ill formed."""
        found = publish_defects(self.parsed, today())
        if found:
            raise NotPublishable(found)

    def publish(self, *, by: Actor, note: str = "") -> "FormVersion":
        """Publish the document as the next version; an unchanged document returns the existing version.

        Raises as ``check_publishable`` does.
        """
        self.check_publishable()
        return self.create_version(self.document, by=by, note=note)

    @transaction.atomic
    def create_version(self, document: dict[str, Any], *, by: Actor, note: str = "") -> "FormVersion":
        """Store a checked document as the next version and send ``signals.published``; return the version."""
        FormDraft.objects.select_for_update().get(pk=self.pk)
        latest = self.versions.order_by("-number").first()
        document_hash = fingerprint(document)
        if latest is not None and latest.hash == document_hash:
            return latest
        version = FormVersion(
            draft=self,
            number=latest.number + 1 if latest else 1,
            title=document["title"],
            document=document,
            hash=document_hash,
            published_by=user_of(by),
            note=note,
        )
        version.save()
        record(self, "様式の公開", by=by, reason=note, after={"版": version.number, "ハッシュ": document_hash})
        signals.published.send(sender=FormVersion, version=version, by=by)
        return version


class FormVersion(ImmutableModel):
    """様式の版: a published document, immutable; submissions and answers refer to it."""

    FROZEN, INSTEAD = "公開した様式の版", "新しい版を公開してください。"

    draft = models.ForeignKey(FormDraft, models.PROTECT, related_name="versions", verbose_name="様式案")
    number = models.PositiveIntegerField("版")
    title = models.CharField("名称", max_length=120)
    document = models.JSONField("文書")
    hash = models.CharField("ハッシュ", max_length=64)
    note = models.CharField("公開のメモ", max_length=300, blank=True)
    published_at = models.DateTimeField("公開日時", default=timezone.now)
    published_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="公開者")

    class Meta:
        verbose_name = "様式の版"
        ordering = ["draft", "number"]
        constraints = [
            models.UniqueConstraint(fields=["draft", "number"], name="formbuilder_one_version_per_number"),
        ]

    def __str__(self) -> str:
        return f"{self.title} 第{self.number}版"

    @property
    def parsed(self) -> Document:
        """The parsed document, cached in the process by its hash; its column is loaded only when needed."""
        return cached_document(self.hash, lambda: self.document)
