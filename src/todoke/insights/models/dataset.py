"""Datasets データセット: what the office publishes, under a stable name, in versions that are never changed."""

import hashlib
from datetime import date
from typing import Any

from django.core.files.base import ContentFile
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone

from todoke.accounts.actors import Actor, user_of
from todoke.accounts.models import User
from todoke.audit.immutable import ImmutableModel
from todoke.audit.log import record
from todoke.audit.sequences import next_position
from todoke.insights.own_series import OWN_SERIES
from todoke.insights.permissions import PUBLISH_DATA
from todoke.japanese.calendar import today
from todoke.organization.models import Department
from todoke.runtime.refusals import Conflict, Refused, Unreadable


class DatasetQuerySet(models.QuerySet["Dataset"]):
    def published(self) -> "DatasetQuerySet":
        """Datasets of which a version is public."""
        return self.filter(versions__isnull=False).distinct()


class Dataset(models.Model):
    """データセット: title, keeper, licence, frequency and contact of published data, and its versions."""

    class Licence(models.TextChoices):
        CC_BY = "https://creativecommons.org/licenses/by/4.0/deed.ja", "CC BY 4.0(出典を示せば自由に使える)"
        PDL = "https://www.digital.go.jp/resources/open_data/public_data_license_v1.0", "公共データ利用規約 第1.0版"

    class Frequency(models.TextChoices):
        MONTHLY = "MONTHLY", "毎月"
        QUARTERLY = "QUARTERLY", "四半期ごと"
        ANNUAL = "ANNUAL", "毎年"
        IRREGULAR = "IRREG", "変わったとき"

    slug = models.SlugField("記号", max_length=40, unique=True)
    title = models.CharField("名称", max_length=150)
    description = models.TextField("説明")
    department = models.ForeignKey(
        Department, models.PROTECT, null=True, blank=True, related_name="datasets", verbose_name="所管"
    )
    series = models.CharField("区の数値", max_length=30, blank=True, editable=False)
    set_name = models.CharField("推奨データセット", max_length=60, blank=True)
    licence = models.CharField("利用条件", max_length=100, choices=Licence, default=Licence.CC_BY)
    frequency = models.CharField("更新の頻度", max_length=10, choices=Frequency, default=Frequency.ANNUAL)
    next_due = models.DateField("次に更新する日", null=True, blank=True)
    contact = models.CharField("問合せ先", max_length=150, help_text="部署の名前と電話番号。個人の名前は書きません。")
    keywords = models.CharField("ことば", max_length=150, blank=True, help_text="「、」で区切ります。")
    created_at = models.DateTimeField("作成日時", default=timezone.now)

    objects = DatasetQuerySet.as_manager()

    class Meta:
        verbose_name = "データセット"
        ordering = ["slug"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(title="") & ~Q(description="") & ~Q(contact=""), name="insights_a_dataset_is_described"
            ),
            models.CheckConstraint(
                condition=Q(series="", department__isnull=False) | (~Q(series="") & Q(department__isnull=True)),
                name="insights_a_dataset_is_kept_or_counted",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @classmethod
    @transaction.atomic
    def register(cls, *, by: Actor, **facts: Any) -> "Dataset":
        """Register a dataset (データセットの登録)."""
        made = cls.objects.create(**facts)
        record(made, "データセットの登録", by=by, after={"記号": made.slug})
        return made

    @property
    def newest(self) -> "DatasetVersion | None":
        """The version that is public now."""
        return self.versions.order_by("-number").first()

    @property
    def is_late(self) -> bool:
        """Whether its next update was due before today."""
        return self.next_due is not None and self.next_due < today()

    def can_publish(self, user: User) -> bool:
        """Whether a person may approve and publish a version."""
        return PUBLISH_DATA.held_by(user, self.department)

    @transaction.atomic
    def publish(self, content: bytes, *, records: int, columns: int, by: Actor, **more: Any) -> "DatasetVersion":
        """Publish the next version (データの公開). Raises Conflict where the month is public already."""
        number = next_position(self.versions.all(), self, "number")
        month, correction = more.get("month"), more.get("correction", 0)
        if month is not None and self.versions.filter(month=month, correction=correction).exists():
            raise Conflict(
                f"{month.year}年{month.month}月の分は、もう公開しています。直すときは理由を書いて訂正します。"
            )
        made = DatasetVersion(
            dataset=self, number=number, digest=hashlib.sha256(content).hexdigest(), size=len(content),
            records=records, columns=columns, published_by=user_of(by), **more,
        )  # fmt: skip
        made.file.save(f"{self.slug}-{number}.csv", ContentFile(content), save=False)
        made.save()
        record(made, "データの公開", by=by, after={"版": number, "照合値": made.digest}, reason=made.note)
        return made


class DatasetVersion(ImmutableModel):
    """データの版: the bytes that were published, with their digest; a correction is a further one with its reason."""

    FROZEN = "データの版"
    INSTEAD = "直すときは、理由を書いて新しい版を公開してください。"

    dataset = models.ForeignKey(Dataset, models.PROTECT, related_name="versions", verbose_name="データセット")
    number = models.PositiveIntegerField("版")
    month = models.DateField("月(初日)", null=True, blank=True)
    correction = models.PositiveIntegerField("訂正の回", default=0)
    file = models.FileField("ファイル", upload_to="open-data/")
    digest = models.CharField("照合値", max_length=64)
    size = models.PositiveIntegerField("バイト数")
    records = models.PositiveIntegerField("行数")
    columns = models.PositiveIntegerField("列数")
    note = models.CharField("公開・訂正の説明", max_length=300, blank=True)
    published_at = models.DateTimeField("公開日時", default=timezone.now)
    published_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="公開した人")

    class Meta:
        verbose_name = "データの版"
        ordering = ["dataset", "number"]
        constraints = [
            models.UniqueConstraint(fields=["dataset", "number"], name="insights_one_dataset_version_per_number"),
            models.UniqueConstraint(
                fields=["dataset", "month", "correction"], name="insights_a_month_is_published_once"
            ),
            models.CheckConstraint(
                condition=Q(correction=0) | (Q(month__isnull=False) & ~Q(note="")),
                name="insights_a_correction_has_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.dataset} 第{self.number}版"

    def content(self) -> bytes:
        """Return the published bytes. Raises Unreadable where they are not what was published."""
        with self.file.open("rb") as kept:
            found: bytes = kept.read()
        if hashlib.sha256(found).hexdigest() != self.digest:
            raise Unreadable("公開したときの内容と違うため、渡せません。所管の部署に知らせてください。")
        return found


def publish_month(key: str, month: date, *, by: Actor, reason: str = "") -> DatasetVersion | None:
    """Publish one month of a series of the office; None where it is public already or has no rows.

    With a reason a public month gets a correction beside it (訂正). Raises Refused for a month that is not over.
    """
    if month.replace(day=1) >= today().replace(day=1):
        raise Refused("終わっていない月は公開できません。")
    series = OWN_SERIES[key]
    rows = series.month(month)
    dataset = _series_dataset(key)
    known = dataset.versions.filter(month=month.replace(day=1)).count()
    if not rows or (known and not reason.strip()):
        return None
    content = series.csv(rows)
    facts = {"month": month.replace(day=1), "correction": known, "note": reason.strip()}
    return dataset.publish(content, records=len(rows), columns=len(series.columns), by=by, **facts)


def _series_dataset(key: str) -> Dataset:
    series = OWN_SERIES[key]
    facts = {
        "title": series.title,
        "description": f"{series.definition}。分母: {series.denominator}。出典: {series.source}。",
        "series": key, "frequency": Dataset.Frequency.MONTHLY, "contact": "DX推進本部事務局",
    }  # fmt: skip
    return Dataset.objects.get_or_create(slug=f"series-{key}", defaults=facts)[0]
