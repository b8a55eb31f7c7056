"""Templates 通知の文面: texts of notices in published versions, with placeholders {名前}."""

import re
from collections.abc import Mapping
from datetime import date

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models, transaction

from todoke.accounts.actors import Actor
from todoke.audit.immutable import ImmutableModel
from todoke.audit.log import record
from todoke.compiled_queries import CompiledQuery, Parameter
from todoke.japanese.calendar import today

PLACEHOLDER = re.compile(r"\{([^{}\s]+)\}")
CONTROL = re.compile(r"[\x00-\x1f\x7f\u2028\u2029]")


def one_line(value: str) -> str:
    """Return a value unchanged if it may stand in a mail header. Raises ValidationError on control characters."""
    if CONTROL.search(value):
        raise ValidationError("件名と宛先に改行や制御文字は使えません。")
    return value


def render_placeholders(text: str, context: Mapping[str, object]) -> str:
    """Return a text with its placeholders {名前} replaced. Raises KeyError when a placeholder has no value."""
    return PLACEHOLDER.sub(lambda found: str(context[found[1]]), text)


class Template(models.Model):
    """通知の文面: a text that is sent repeatedly; its wording is in versions."""

    code = models.CharField("コード", max_length=60, unique=True, validators=[RegexValidator(r"^[a-z0-9-]+$")])
    title = models.CharField("名称", max_length=100)

    class Meta:
        verbose_name = "通知の文面"
        ordering = ["code"]

    def __str__(self) -> str:
        return self.title

    def version_on(self, day: date) -> "TemplateVersion | None":
        """Return the version in force on a business date, or None."""
        return self.versions.filter(starts_on__lte=day).order_by("-starts_on").first()

    @transaction.atomic
    def publish(self, *, subject: str, body: str, starts_on: date, by: Actor) -> "TemplateVersion":
        """Publish a version that is in force from a day until the next version begins.

        Raises ValidationError for a second version on one day and for a line break in the subject.
        """
        version = TemplateVersion(
            template=self,
            number=self.versions.count() + 1,
            subject=one_line(subject),
            body=body,
            starts_on=starts_on,
        )
        version.full_clean()
        version.save()
        record(self, "文面の公開", by=by, after={"版": version.number, "件名": subject, "本文": body})
        return version


class TemplateVersion(ImmutableModel):
    """文面の版: an immutable subject and body, in force from a day until the next version begins."""

    FROZEN, INSTEAD = "公開した文面", "新しい版を公開してください。"

    template = models.ForeignKey(Template, models.PROTECT, related_name="versions", verbose_name="文面")
    number = models.PositiveIntegerField("版")
    subject = models.CharField("件名", max_length=200)
    body = models.TextField("本文")
    starts_on = models.DateField("適用開始日")
    published_at = models.DateTimeField("公開日時", auto_now_add=True)

    class Meta:
        verbose_name = "文面の版"
        ordering = ["template", "number"]
        constraints = [
            models.UniqueConstraint(fields=["template", "number"], name="notices_one_version_per_number"),
            models.UniqueConstraint(fields=["template", "starts_on"], name="notices_one_version_per_day"),
        ]

    def __str__(self) -> str:
        return f"{self.template.title} 第{self.number}版"


def published_version(code: str, day: date | None = None) -> TemplateVersion | None:
    """Return the version of a template in force on a day (default: today), or None when none is published."""
    return _PUBLISHED.first(code=code, day=day or today())


def _published_query() -> "models.QuerySet[TemplateVersion]":
    day = Parameter("day", models.DateField())
    found = TemplateVersion.objects.filter(template__code=Parameter("code", models.CharField()), starts_on__lte=day)
    return found.order_by("-starts_on")[:1]


_PUBLISHED = CompiledQuery(_published_query)
