"""Application fields 一件の欄: the pages of one application of a batch, and the state of each of their fields."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from todoke.accounts.models import User
from todoke.runtime.refusals import NotYet
from todoke.scans.field_states import Entry, FieldState, may_enter, state_of
from todoke.scans.models import FieldReading, FieldVerification, ScanBatch, ScanSheet
from todoke.scans.models.field_verification import route_here
from todoke.scans.recognition.field_types import FieldType, variants_of
from todoke.scans.recognition.page_registration import Box
from todoke.scans.recognition.routes import Route
from todoke.scans.template_fields import TemplateField


@dataclass(frozen=True)
class FieldRow:
    """一件の欄の一行: a field on its sheet, what was read, what people entered, and whether this person may enter."""

    field: TemplateField
    sheet: ScanSheet
    reading: FieldReading | None
    route: Route
    entries: tuple[Entry, ...]
    state: FieldState
    may_enter: bool

    @property
    def shown(self) -> str:
        """The text that stands in the input: nothing where two people enter without seeing each other's."""
        return "" if self.route is Route.DOUBLE else self.state.value

    @property
    def confidence(self) -> float:
        """How sure the reading is; 0 where there is none."""
        return (self.reading.confidence or 0.0) if self.reading else 0.0

    @property
    def crop(self) -> Box:
        """The part of the picture that shows the field."""
        return self.sheet.crop(self.field)

    @property
    def variants(self) -> list[str]:
        """Other spellings of a name that a reader confuses with the text."""
        return variants_of(self.shown) if self.field.kind is FieldType.NAME and self.shown else []


class ApplicationFields:
    """一件の欄: the fields of an application as a person sees them."""

    def __init__(self, batch: ScanBatch, application: int, user: User) -> None:
        self.batch, self.application, self.user = batch, application, user

    @cached_property
    def sheets(self) -> list[ScanSheet]:
        """The sheets that were not taken out, by page."""
        return list(self.batch.sheets.live().filter(application=self.application).order_by("page"))

    @cached_property
    def missing_pages(self) -> list[int]:
        """The pages of the template that no sheet shows."""
        there = {sheet.page for sheet in self.sheets}
        return [page for page in range(1, self.batch.template.pages + 1) if page not in there]

    @cached_property
    def rows(self) -> list[FieldRow]:
        """Every field that is read or typed, in the order of the pages."""
        sheets = [sheet.pk for sheet in self.sheets]
        readings = {(one.sheet_id, one.field): one for one in FieldReading.objects.filter(sheet__in=sheets)}
        entered: dict[tuple[int, str], list[Entry]] = {}
        for one in FieldVerification.objects.current().filter(sheet__in=sheets).order_by("pk"):
            settles = one.act == FieldVerification.Act.SETTLED
            entered.setdefault((one.sheet_id, one.field), []).append(Entry(one.value, one.by_id, settles))
        return [
            self._row(sheet, field, readings.get((sheet.pk, field.key)), tuple(entered.get((sheet.pk, field.key), ())))
            for sheet in self.sheets
            for field in self.batch.template.entered_fields(sheet.page)
        ]

    def _row(
        self, sheet: ScanSheet, field: TemplateField, reading: FieldReading | None, entries: tuple[Entry, ...]
    ) -> FieldRow:
        sheet.batch = self.batch
        route = route_here(field, reading)
        state = state_of(route, reading.text if reading else "", entries)
        return FieldRow(field, sheet, reading, route, entries, state, may_enter(route, entries, self.user.pk))

    @cached_property
    def open_rows(self) -> list[FieldRow]:
        """The fields that are not settled, the least sure first."""
        return sorted((row for row in self.rows if not row.state.is_settled), key=lambda row: row.confidence)

    @property
    def settled_rows(self) -> list[FieldRow]:
        """The fields that are settled."""
        return [row for row in self.rows if row.state.is_settled]

    def require_complete(self) -> None:
        """Raises NotYet while a page is missing or a field is not settled."""
        if not self.sheets:
            raise NotYet("この申請の紙面は、すべて外してあります。")
        if self.missing_pages:
            pages = "、".join(map(str, self.missing_pages))
            raise NotYet(f"{pages}ページの紙面がありません。足りない画像を入れるか、紙面を並べ直してください。")
        if self.open_rows:
            raise NotYet(f"まだ確かめていない欄が{len(self.open_rows)}個あります。")
