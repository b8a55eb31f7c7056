"""Form drafts 様式案 and their frozen versions 様式の版."""

from typing import Any

from django.db import models, transaction
from django.db.models import F
from django.utils import timezone

from todoke.accounts.actors import Actor, user_of
from todoke.accounts.models import User
from todoke.audit.immutable import ImmutableModel
from todoke.audit.log import record
from todoke.formbuilder import signals
from todoke.formbuilder.document.parser import canonical, document_of, fingerprint, frozen, read_document
from todoke.formbuilder.document.structure import Document
from todoke.formbuilder.publication.publish_checks import NotPublishable, defects_of
from todoke.japanese.calendar import today
from todoke.runtime.refusals import Conflict


class FormDraft(models.Model):
    """様式案: the form document that designers edit; applicants never see it."""

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
        """Return the document as it stands. Raises ``InvalidDefinition`` for a draft that is not well formed."""
        return document_of(canonical(self.document))

    @classmethod
    @transaction.atomic
    def begin(cls, code: str, document: dict[str, Any], *, by: Actor) -> "FormDraft":
        """Make a draft from a definition. Raises ``InvalidDefinition`` when it is ill formed."""
        title = read_document(document).title
        draft = cls.objects.create(code=code, title=title, document=document, edited_by=user_of(by))
        record(draft, "様式案の作成", by=by, after={"文書": fingerprint(document)})
        return draft

    @transaction.atomic
    def edit(self, document: dict[str, Any], *, by: Actor, revision: int | None = None) -> None:
        """Replace the document. Raises InvalidDefinition when it is ill formed, Conflict for a stale revision."""
        title = read_document(document).title
        known = self.revision if revision is None else revision
        before = fingerprint(self.document)
        now = timezone.now()
        changed = FormDraft.objects.filter(pk=self.pk, revision=known).update(
            document=document, title=title, revision=F("revision") + 1, edited_at=now, edited_by=user_of(by)
        )
        if not changed:
            raise Conflict(
                "ほかの人がこの様式案を先に保存しました。あなたの変更は保存していません。開き直して変更してください。"
            )
        self.document, self.title, self.revision, self.edited_at = document, title, known + 1, now
        record(self, "様式案の保存", by=by, before={"文書": before}, after={"文書": fingerprint(document)})

    def inspect(self) -> None:
        """Raise ``publication.NotPublishable`` with every defect, ``InvalidDefinition`` for an ill-formed document."""
        found = defects_of(self.parsed, today())
        if found:
            raise NotPublishable(found)

    def publish(self, *, by: Actor, note: str = "") -> "FormVersion":
        """Freeze the document as the next version; an unchanged document returns the version there is.

        Raises as ``inspect`` does.
        """
        self.inspect()
        return self.freeze(self.document, by=by, note=note)

    @transaction.atomic
    def freeze(self, document: dict[str, Any], *, by: Actor, note: str = "") -> "FormVersion":
        """Keep a checked document as the next version and send ``signals.published``."""
        FormDraft.objects.select_for_update().get(pk=self.pk)
        latest = self.versions.order_by("-number").first()
        seal = fingerprint(document)
        if latest is not None and latest.hash == seal:
            return latest
        version = FormVersion(
            draft=self,
            number=latest.number + 1 if latest else 1,
            title=document["title"],
            document=document,
            hash=seal,
            published_by=user_of(by),
            note=note,
        )
        version.save()
        record(self, "様式の公開", by=by, reason=note, after={"版": version.number, "ハッシュ": seal})
        signals.published.send(sender=FormVersion, version=version, by=by)
        return version


class FormVersion(ImmutableModel):
    """様式の版: a published document, frozen for ever; submissions and answers point here."""

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
        """Return the frozen document; a process reads it once, and loads its column only then."""
        return frozen(self.hash, lambda: self.document)
