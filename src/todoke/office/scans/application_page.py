"""一件の確認のページ: the fields as a person checks them, and what they send back."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core import signing
from django.http import Http404, HttpRequest, QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from todoke.runtime.refusals import Conflict
from todoke.scans.application_fields import ApplicationFields, FieldRow
from todoke.scans.chosen_reader import chosen_reader
from todoke.scans.models import ScanBatch
from todoke.scans.recognition.field_types import MARKED, FieldType, allowed_signs
from todoke.web.permission_check import staff

SALT = "office.scans.shown"
PREFIX, UNREADABLE = "value-", "unreadable"
_DIGITS = {FieldType.POSTAL, FieldType.NUMBER, FieldType.YEAR, FieldType.MONTH, FieldType.DAY, FieldType.MONEY,
           FieldType.ACCOUNT, FieldType.PHONE}  # fmt: skip


@dataclass(frozen=True)
class ShownField:
    """見せる欄: a field with its input, the part of the picture, and what the form said against its value."""

    row: FieldRow
    problem: str

    @property
    def name(self) -> str:
        """The name of the input."""
        return PREFIX + self.row.field.key

    @property
    def view_box(self) -> str:
        """The part of the picture as SVG says it."""
        crop = self.row.crop
        return f"{crop.x:.0f} {crop.y:.0f} {max(1, crop.width):.0f} {max(1, crop.height):.0f}"

    @property
    def input_mode(self) -> str:
        """The keyboard that a touch screen shows."""
        return "numeric" if self.row.field.kind in _DIGITS else "text"

    @property
    def lang(self) -> str:
        """ "en" where no Japanese is typed, so that the input method stays off."""
        signs = allowed_signs(self.row.field.kind)
        return "en" if signs is not None and all(sign.isascii() or sign in "円¥〒" for sign in signs) else "ja"

    @property
    def attributes(self) -> SafeString:
        """The attributes of the input: its name, its language, and what is wrong with it."""
        wrong = format_html(' aria-invalid="true" aria-describedby="{}-error"', self.name) if self.problem else ""
        return format_html('id="{0}" name="{0}" lang="{1}"{2}', self.name, self.lang, wrong)

    @property
    def picture_size(self) -> SafeString:
        """The size of the stored picture as SVG says it."""
        return format_html('width="{}" height="{}"', self.row.sheet.width, self.row.sheet.height)

    @property
    def mark_type(self) -> str:
        """The kind of input of a □."""
        return "checkbox" if self.row.field.kind is FieldType.CHOICES else "radio"

    @property
    def is_marked(self) -> bool:
        """Whether it is chosen by □."""
        return self.row.field.kind in MARKED

    @property
    def settled_words(self) -> str:
        """The settled value as a person reads it; empty where nothing is written."""
        return self.row.field.words(self.row.state.value)

    @property
    def chosen(self) -> list[str]:
        """The values that are chosen so far."""
        return self.row.shown.split("\n")


def shown_now() -> str:
    """Return the signed time at which a page is shown."""
    return signing.dumps(timezone.now().timestamp(), salt=SALT)


def shown_at(data: QueryDict) -> datetime:
    """Return when the page was shown from which something is sent. Raises Conflict for a page that is not ours."""
    try:
        seconds = signing.loads(data.get("shown", ""), salt=SALT, max_age=7 * 86400)
    except signing.BadSignature as error:
        raise Conflict("画面が古くなりました。開き直して、もう一度入れてください。") from error
    return datetime.fromtimestamp(float(seconds), tz=timezone.get_current_timezone())


def sent_values(data: QueryDict, fields: ApplicationFields, *, only_filled: bool) -> dict[str, str]:
    """Return the values that were sent for open or shown fields, by key; the empty ones too unless ``only_filled``."""
    found = {}
    for row in fields.rows:
        key = row.field.key
        sent = f"{PREFIX}{key}" in data or f"{PREFIX}{key}__asked" in data
        value = "\n".join(each for each in data.getlist(f"{PREFIX}{key}") if each)
        if sent and row.may_enter and (value or not only_filled or key in data.getlist(UNREADABLE)):
            found[key] = value
    return found


def page_context(
    request: HttpRequest, batch: ScanBatch, application: int, problems: dict[str, str] | None = None
) -> dict[str, Any]:
    """Return what the page of an application shows. Raises Http404 where the batch has no such application."""
    fields, problems = ApplicationFields(batch, application, staff(request)), problems or {}
    if not fields.sheets:
        raise Http404
    asked = [row for row in fields.rows if not row.state.is_settled or row.field.key in problems]
    asked.sort(key=lambda row: row.confidence)
    every = [ShownField(row, problems.get(row.field.key, "")) for row in asked]
    following = batch.sheets.live().filter(settled_at=None, application__gt=application).order_by("application").first()
    return {
        "batch": batch, "application": application, "fields": fields, "asked": [each for each in every if
        each.row.may_enter], "waiting": [each for each in every if not each.row.may_enter],
        "settled": [ShownField(row, "") for row in fields.settled_rows if row.field.key not in problems],
        "shown": shown_now(), "without_field": problems.get("", ""), "following": following,
        "reader": chosen_reader(), "back": reverse("office:scan", args=[batch.token]),
    }  # fmt: skip
