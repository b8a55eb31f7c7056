"""Scan template drafts 読取り様式の案: boxes drawn on the picture of a blank form, until they are published."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from typing import IO, Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone

from todoke.accounts.models import User
from todoke.audit.log import record
from todoke.audit.transitions import compare_and_set
from todoke.organization.models import Department
from todoke.runtime.refusals import Conflict, NotAllowed, Refused
from todoke.scans.models.scan_batch import new_token
from todoke.scans.models.scan_sheet import FOLDER
from todoke.scans.models.scan_template import ScanTemplate
from todoke.scans.permissions import WRITE_SCAN_TEMPLATES
from todoke.scans.recognition.page_registration import A4
from todoke.scans.sheet_files import Picture
from todoke.scans.template_fields import MOST_PAGES, TemplateField, read_field, require_fields

BLANK = "blank"
"""The variant of templates that were drawn on a blank of the section's own."""


class ScanTemplateDraftQuerySet(models.QuerySet["ScanTemplateDraft"]):
    def visible_to(self, user: User) -> ScanTemplateDraftQuerySet:
        """All for who writes templates everywhere, else those of the person's departments."""
        if WRITE_SCAN_TEMPLATES.held_by(user):
            return self
        return self.filter(department__in=WRITE_SCAN_TEMPLATES.departments_of(user))


class ScanTemplateDraft(models.Model):
    """読取り様式の案: the pictures of a blank form and the boxes drawn on them; one at a time for a form's version."""

    token = models.CharField("合言葉", max_length=32, unique=True, default=new_token)
    key = models.SlugField("名前", max_length=60)
    version = models.PositiveIntegerField("版")
    title = models.CharField("表題", max_length=200)
    department = models.ForeignKey(Department, models.PROTECT, related_name="+", verbose_name="担当部署")
    pictures = models.JSONField("白紙の画像")
    document = models.JSONField("欄", default=list)
    revision = models.PositiveIntegerField("書いた回数", default=1)
    edited_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="最後に書いた人")
    edited_at = models.DateTimeField("最後に書いた日時", default=timezone.now)

    objects = ScanTemplateDraftQuerySet.as_manager()

    class Meta:
        verbose_name = "読取り様式の案"
        ordering = ["-edited_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["key", "version"], name="scans_one_draft_a_version"),
            models.CheckConstraint(condition=Q(revision__gte=1), name="scans_a_draft_is_written"),
        ]

    def __str__(self) -> str:
        return f"{self.title}の案"

    @classmethod
    def begin(
        cls, key: str, version: int, *, title: str, department: Department, pictures: Sequence[Picture], by: User
    ) -> ScanTemplateDraft:
        """Keep the pictures of a blank and begin to draw (読取り様式の案の作成).

        Raises NotAllowed, Refused for too many pages, Conflict where it is drawn or published already.
        """
        if not WRITE_SCAN_TEMPLATES.held_by(by, department):
            raise NotAllowed("読取り様式を作れるのは、設計の担当か、担当部署の課長です。")
        if not 1 <= len(pictures) <= MOST_PAGES:
            raise Refused(f"白紙の様式の画像を、1枚から{MOST_PAGES}枚まで選んでください。")
        taken = ScanTemplate.objects.filter(key=key, version=version, variant=BLANK)
        if taken.exists() or cls.objects.filter(key=key, version=version).exists():
            raise Conflict("この様式の読取り様式は、作っている途中か、公開してあります。画面を開き直してください。")
        kept = [
            {"path": _store(picture), "type": picture.media_type, "width": picture.width, "height": picture.height}
            for picture in pictures
        ]
        with transaction.atomic():
            facts: dict[str, Any] = {"title": title, "department": department, "pictures": kept, "edited_by": by}
            made = cls.objects.create(key=key, version=version, **facts)
            record(made, "読取り様式の案の作成", by=by, after={"版": version, "ページ": len(kept)})
        return made

    @property
    def fields(self) -> tuple[TemplateField, ...]:
        """The fields drawn so far, in the order of the pages."""
        found = (read_field(data) for data in self.document)
        return tuple(sorted(found, key=lambda field: (field.page, field.box.y, field.box.x)))

    @transaction.atomic
    def put(self, field: TemplateField, *, seen: int, by: User) -> None:
        """Draw a field, or draw it anew (欄を置く). Raises NotAllowed, Refused for an impossible one, Conflict."""
        if field.page > len(self.pictures):
            raise Refused(f"この様式は{len(self.pictures)}ページまでです。")
        others = [each for each in self.fields if each.key != field.key]
        require_fields([*others, field], A4)
        self._write([*others, field], "欄を置く", field.key, seen=seen, by=by)

    @transaction.atomic
    def remove(self, key: str, *, seen: int, by: User) -> None:
        """Remove a field (欄を消す). Raises NotAllowed, Conflict."""
        self._write([each for each in self.fields if each.key != key], "欄を消す", key, seen=seen, by=by)

    def _write(self, fields: Sequence[TemplateField], act: str, key: str, *, seen: int, by: User) -> None:
        if not WRITE_SCAN_TEMPLATES.held_by(by, self.department):
            raise NotAllowed("読取り様式を作れるのは、設計の担当か、担当部署の課長です。")
        changes = {"document": [each.as_data() for each in fields], "revision": seen + 1, "edited_by": by}
        if not compare_and_set(self, {"revision": seen}, edited_at=timezone.now(), **changes):
            raise Conflict("ほかの人が先に案を書き換えました。画面を開き直して、もう一度置いてください。")
        record(self, act, by=by, after={"欄": key})

    @transaction.atomic
    def publish(self, *, seen: int, by: User) -> ScanTemplate:
        """Publish the draft at a revision as a template (読取り様式の公開). Raises NotAllowed, Refused, Conflict."""
        fields = self.fields
        require_fields(fields, A4)
        if not ScanTemplateDraft.objects.filter(pk=self.pk, revision=seen).delete()[0]:
            raise Conflict("確かめた後に案が書き換えられました。もう一度確かめてから公開してください。")
        made = ScanTemplate.publish(
            self.key, self.version, title=self.title, department=self.department, fields=fields, by=by, variant=BLANK,
            pages=len(self.pictures),
        )  # fmt: skip
        transaction.on_commit(self._delete_pictures)
        return made

    @transaction.atomic
    def discard(self, *, by: User) -> None:
        """Give the draft up (読取り様式の案の取りやめ). Raises NotAllowed."""
        if not WRITE_SCAN_TEMPLATES.held_by(by, self.department):
            raise NotAllowed("読取り様式を作れるのは、設計の担当か、担当部署の課長です。")
        record(self, "読取り様式の案の取りやめ", by=by)
        self.delete()
        transaction.on_commit(self._delete_pictures)

    def _delete_pictures(self) -> None:
        for picture in self.pictures:
            default_storage.delete(picture["path"])

    def open_picture(self, page: int) -> tuple[IO[bytes], str]:
        """Open the picture of a page, with its media type. Raises IndexError for a page that is none."""
        picture = self.pictures[page - 1]
        return default_storage.open(picture["path"]), picture["type"]


def _store(picture: Picture) -> str:
    stem = secrets.token_hex(16)
    return default_storage.save(f"{FOLDER}/{stem[:2]}/{stem}{picture.suffix}", ContentFile(picture.content))
