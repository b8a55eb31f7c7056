"""Scan templates 読取り様式: where the fields of a printed sheet are, frozen when published."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone

from todoke.accounts.models import User
from todoke.audit.immutable import ImmutableModel
from todoke.audit.log import record
from todoke.organization.models import Department
from todoke.runtime.refusals import NotAllowed
from todoke.scans.permissions import CHECK_SCANS, WRITE_SCAN_TEMPLATES
from todoke.scans.recognition.field_types import FieldType
from todoke.scans.recognition.page_registration import A4
from todoke.scans.template_fields import TemplateField, read_field, require_fields


class ScanTemplateQuerySet(models.QuerySet["ScanTemplate"]):
    def visible_to(self, user: User) -> ScanTemplateQuerySet:
        """All for who writes templates everywhere, else those of the person's departments."""
        if WRITE_SCAN_TEMPLATES.held_by(user):
            return self
        mine = {each.pk for each in (*CHECK_SCANS.departments_of(user), *WRITE_SCAN_TEMPLATES.departments_of(user))}
        return self.filter(department__in=mine)

    def newest(self) -> ScanTemplateQuerySet:
        """The newest version of each template."""
        same = {"key": models.OuterRef("key"), "variant": models.OuterRef("variant")}
        later = ScanTemplate.objects.filter(**same, version__gt=models.OuterRef("version"))
        return self.exclude(models.Exists(later))


class ScanTemplate(ImmutableModel):
    """読取り様式: the fields of the pages of one printed form, in one version; sheets name it for life."""

    FROZEN, INSTEAD = "読取り様式", "新しい版を作ってください。"

    key = models.SlugField("名前", max_length=60)
    version = models.PositiveIntegerField("版")
    variant = models.SlugField("紙の種類", max_length=20, blank=True, default="")
    title = models.CharField("表題", max_length=200)
    department = models.ForeignKey(Department, models.PROTECT, related_name="+", verbose_name="担当部署")
    pages = models.PositiveSmallIntegerField("ページ数")
    width = models.FloatField("幅(mm)", default=A4[0])
    height = models.FloatField("高さ(mm)", default=A4[1])
    document = models.JSONField("欄")
    published_at = models.DateTimeField("公開した日時", default=timezone.now)
    published_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="公開した人")

    objects = ScanTemplateQuerySet.as_manager()

    class Meta:
        verbose_name = "読取り様式"
        ordering = ["key", "-version"]
        constraints = [
            models.UniqueConstraint(fields=["key", "version", "variant"], name="scans_one_template_a_version"),
            models.CheckConstraint(
                condition=Q(pages__gte=1, width__gt=0, height__gt=0), name="scans_a_page_has_a_size"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title}(第{self.version}版{'、課の様式' if self.variant else ''})"

    @classmethod
    @transaction.atomic
    def publish(
        cls, key: str, version: int, *, title: str, department: Department, fields: Sequence[TemplateField], by: User,
        variant: str = "", pages: int = 0,
    ) -> ScanTemplate:  # fmt: skip
        """Publish a version of a template (読取り様式の公開); published before, it is returned as it is.

        ``variant`` tells a blank of the section's own from the form that we print, ``pages`` how many it has where its
        last ones hold no field. Raises NotAllowed for who may not write templates, Refused for fields against the
        rules.
        """
        if not WRITE_SCAN_TEMPLATES.held_by(by, department):
            raise NotAllowed("読取り様式を作れるのは、設計の担当か、担当部署の課長です。")
        require_fields(fields, A4)
        facts = {
            "title": title, "department": department, "pages": max(pages, *(field.page for field in fields)),
            "document": [field.as_data() for field in fields], "published_by": by,
        }  # fmt: skip
        made, is_new = cls.objects.get_or_create(key=key, version=version, variant=variant, defaults=facts)
        if is_new:
            record(made, "読取り様式の公開", by=by, after={"版": version, "欄": len(fields)})
        return made

    @cached_property
    def fields(self) -> tuple[TemplateField, ...]:
        """The fields in the order of the pages."""
        return tuple(read_field(data) for data in self.document)

    @property
    def size(self) -> tuple[float, float]:
        """Width and height of a page in millimetres."""
        return self.width, self.height

    def field(self, key: str) -> TemplateField:
        """Return a field by its key. Raises KeyError."""
        return {field.key: field for field in self.fields}[key]

    def entered_fields(self, page: int) -> list[TemplateField]:
        """Return the fields of a page that are read or typed; never My Numbers."""
        return [field for field in self.fields if field.page == page and field.kind is not FieldType.MY_NUMBER]

    @property
    def holds_my_number(self) -> bool:
        """Whether a box of the form is for a My Number, which is blacked out before a picture is stored."""
        return any(field.kind is FieldType.MY_NUMBER for field in self.fields)
