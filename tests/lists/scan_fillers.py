"""Rows for batches of scanned sheets and the templates by which they are read."""

from datetime import timedelta

from django.utils import timezone

from tests.cast import cases, scans
from tests.lists.filling import Filling, Numbers
from todoke.accounts.models import User
from todoke.office.scans.scan_lists import ScanBatchList
from todoke.scans.models import ScanBatch, ScanSheet, ScanTemplate
from todoke.studio.scans.scan_template_list import ScanTemplateList


def _template() -> tuple[User, ScanTemplate]:
    at = cases.counter()
    return at.chief, scans.template(at)


def _batches(template: ScanTemplate, numbers: Numbers) -> None:
    now, by = timezone.now(), template.published_by
    made = ScanBatch.objects.bulk_create(
        ScanBatch(
            template=template, department=template.department, channel=("post", "counter", "fax")[n % 3],
            claimed=n % 4 + 1, received_at=now - timedelta(days=2), begun_at=now - timedelta(hours=n % 3), begun_by=by,
            status=("arrived", "reading", "checking")[n % 3],
        )
        for n in numbers
    )  # fmt: skip
    ScanSheet.objects.bulk_create(
        ScanSheet(batch=each, position=1, application=1, page=1, sha256=each.token, width=1, height=1)
        for each in made[::2]
    )


def _templates(first: ScanTemplate, numbers: Numbers) -> None:
    now = timezone.now()
    made = ScanTemplate.objects.bulk_create(
        ScanTemplate(
            key=f"t-{n // 2:03}", version=n % 2 + 1, variant="blank" if n % 3 == 0 else "", title=f"様式{n % 4}",
            department=first.department, pages=1, document=first.document, published_by=first.published_by,
            published_at=now - timedelta(hours=n % 3),
        )
        for n in numbers
    )  # fmt: skip
    for each in made[::2]:
        _batches(each, range(each.pk % 3))


SCAN_FILLINGS = (
    Filling(ScanBatchList, _template, _batches, section_only=True),
    Filling(ScanTemplateList, _template, _templates, section_only=True),
)
