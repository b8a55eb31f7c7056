"""Scanned paper of the demo ward: invented sheets in print, one application received, the others to be checked."""

import hashlib
from datetime import timedelta

from django.utils import timezone

from todoke.accounts.models import User
from todoke.cases.paper import scan_intake
from todoke.continuity.paperpack import boxes_of, page_count, sample_pages
from todoke.demo.cases import dog_pages
from todoke.demo.people import people_by_key
from todoke.japanese.calendar import today
from todoke.offers.models import Release
from todoke.scans import batch_reader
from todoke.scans.application_fields import ApplicationFields
from todoke.scans.chosen_reader import chosen_reader
from todoke.scans.engines.rehearsal import prepare
from todoke.scans.models import ScanBatch, ScanSheet, ScanTemplate
from todoke.scans.page_code import page_code
from todoke.scans.printed_form import fields_of_boxes
from todoke.scans.sheet_files import check_picture
from todoke.scans.verification_entry import enter_values

APPLICATIONS = 3


def _written(number: int) -> dict[str, str]:
    """Return what stands in the boxes of an invented application."""
    written = {key: text for page in dog_pages(number).values() for key, text in page.items()}
    kept = today() - timedelta(days=number + 3)
    parts = {"era": "西暦", "year": str(kept.year), "month": str(kept.month), "day": str(kept.day)}
    return written | {f"kept_since__{part}": text for part, text in parts.items()}


def _read(key: str, text: str) -> tuple[str, float]:
    """Return a prepared reading: 髙 as 高, as readers do, and everything else as written."""
    return text.replace("髙", "高").replace("𠮷", "吉"), 0.96 if key.endswith("family") else 0.99


def _add_sheets(batch: ScanBatch, release: Release, number: int, clerk: User) -> None:
    written = _written(number)
    for page, content in enumerate(sample_pages(release, {key: [text] for key, text in written.items()}), 1):
        picture = check_picture(content)
        ScanSheet.add(batch, picture, by=clerk)
        texts = {
            field.key: _read(field.key, written[field.key])
            for field in batch.template.entered_fields(page)
            if field.key in written
        }
        code = page_code(batch.template.key, batch.template.version, page)
        prepare(hashlib.sha256(picture.content).hexdigest(), texts, code=code)


def build() -> None:
    """Publish the template of the dog registration, scan three invented sheets, receive the first."""
    people = people_by_key()
    clerk, chief = people["hygiene"], people["hygiene-chief"]
    release = Release.objects.open().select_related("offer__procedure").get(offer__code="dog-registration")
    template = ScanTemplate.publish(
        release.offer.code, release.number, title=release.procedure.title, department=release.offer.department,
        fields=fields_of_boxes(boxes_of(release), pass_proved=True), by=chief,
        pages=page_count(release),
    )  # fmt: skip
    batch = ScanBatch.begin(
        template, channel="post", claimed=APPLICATIONS * template.pages,
        received_at=timezone.now() - timedelta(hours=2), by=clerk,
    )  # fmt: skip
    for number in range(APPLICATIONS):
        _add_sheets(batch, release, number, clerk)
    if chosen_reader().is_rehearsal:
        batch_reader.begin(batch, by=clerk)
        batch_reader.read_batch(batch.pk)
        batch.refresh_from_db()
    else:
        batch.begin_checking(by=clerk)
    fields = ApplicationFields(batch, 1, clerk)
    values = {row.field.key: _written(0).get(row.field.key, "") for row in fields.rows}
    enter_values(fields, values, shown_at=timezone.now() - timedelta(seconds=48), unreadable=frozenset())
    scan_intake.receive(batch, 1, by=clerk)
