"""Field verifications 確認: what a person accepted or entered for a field, and how many seconds that took."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import models, transaction
from django.db.models import F, Q
from django.utils import timezone

from todoke.accounts.models import User
from todoke.audit.log import record
from todoke.runtime.refusals import Conflict, Refused
from todoke.scans.field_states import Entry, FieldState, may_enter, state_of
from todoke.scans.models.read_fields import FieldReading
from todoke.scans.models.scan_batch import ScanBatch, require_checker
from todoke.scans.models.scan_sheet import ScanSheet
from todoke.scans.recognition.field_values import normalised, problem
from todoke.scans.recognition.routes import Route
from todoke.scans.recognition.time_saved import worked_seconds
from todoke.scans.template_fields import TemplateField


class FieldVerificationQuerySet(models.QuerySet["FieldVerification"]):
    def current(self) -> FieldVerificationQuerySet:
        """Those that no later one of the same person replaced."""
        return self.filter(superseded_at=None)


class FieldVerification(models.Model):
    """確認: the value of a field by a person, with the seconds from shown to done; an earlier one is kept, marked."""

    class Act(models.TextChoices):
        ACCEPTED = "accepted", "読取りのまま"
        REPLACED = "replaced", "読取りを直した"
        ENTERED = "entered", "入力した"
        UNREADABLE = "unreadable", "読めない"
        SETTLED = "settled", "二人の違いを決めた"

    sheet = models.ForeignKey(ScanSheet, models.CASCADE, related_name="verifications", verbose_name="紙面")
    field = models.CharField("欄", max_length=120)
    reading = models.ForeignKey(
        FieldReading, models.CASCADE, null=True, related_name="verifications", verbose_name="読取り"
    )
    value = models.TextField("値", blank=True)
    act = models.CharField("したこと", max_length=10, choices=Act.choices)
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="確かめた人")
    shown_at = models.DateTimeField("見せた日時")
    done_at = models.DateTimeField("終えた日時", default=timezone.now)
    seconds = models.FloatField("かかった秒数")
    idle_cut = models.BooleanField("離れていた時間を除いた", default=False)
    superseded_at = models.DateTimeField("入れ直した日時", null=True)

    objects = FieldVerificationQuerySet.as_manager()

    class Meta:
        verbose_name = "確認"
        ordering = ["sheet", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["sheet", "field", "by"], condition=Q(superseded_at=None), name="scans_one_value_a_person"
            ),
            models.CheckConstraint(condition=Q(done_at__gte=F("shown_at")), name="scans_done_after_shown"),
            models.CheckConstraint(condition=Q(seconds__gte=0), name="scans_seconds_are_spent"),
        ]

    def __str__(self) -> str:
        return f"{self.sheet} {self.field}"

    @classmethod
    @transaction.atomic
    def enter(
        cls, sheet: ScanSheet, values: Mapping[str, str], *, shown_at: datetime, by: User,
        unreadable: frozenset[str] = frozenset(), share: float = 1.0,
    ) -> list[FieldVerification]:  # fmt: skip
        """Keep the values of fields that a person entered together (確認); the time is shared equally among them.

        A field in ``unreadable`` is kept empty; ``share`` is the part of the time that this sheet took. Raises
        NotAllowed, Conflict when the sheet was received or taken out, Refused for a value that the field cannot have.
        """
        require_checker(sheet.batch.department, by)
        now = timezone.now()
        held = ScanSheet.objects.select_for_update(of=("self",)).select_related("batch").get(pk=sheet.pk)
        if held.settled_at or held.removed_at or held.batch.status != ScanBatch.Status.CHECKING:
            raise Conflict("この紙面は、受け付けたか、外したか、読取りの途中です。値は変わっていません。")
        spent, is_cut = worked_seconds(min(shown_at, now).timestamp(), now.timestamp())
        made = []
        for key, typed in values.items():
            field = sheet.batch.template.field(key)
            one = cls._one(sheet, field, typed, by, key in unreadable)
            if one is not None:
                one.shown_at, one.done_at, one.idle_cut = min(shown_at, now), now, is_cut
                made.append(one)
        for one in made:
            one.seconds = spent * share / len(made)
            one.save()
        if made:
            record(sheet, "読取りの確認", by=by, after={"欄": len(made)})
        return made

    @classmethod
    def _one(
        cls, sheet: ScanSheet, field: TemplateField, typed: str, by: User, is_unreadable: bool
    ) -> FieldVerification | None:
        """Return the new row of a field, unsaved; None where the person entered the same before."""
        value = "" if is_unreadable else normalised(field.kind, typed)
        if value and (wrong := problem(field.kind, value, choices=field.choices)):
            raise Refused(f"「{field.label}」: {wrong}画像を見て、直してください。")
        rows = sheet.verifications.current().filter(field=field.key)
        reading = sheet.readings.filter(field=field.key).first()
        route, entries = route_here(field, reading), entries_of(rows)
        state = state_of(route, reading.text if reading else "", entries)
        if not may_enter(route, entries, by.pk):
            raise Conflict(f"「{field.label}」は、もう一人が入力します。あなたの入力は残っています。")
        mine = next((row for row in rows if row.by_id == by.pk), None)
        if mine is not None and mine.value == value and not state.differing:
            return None
        rows.filter(by=by).update(superseded_at=timezone.now())
        return cls(sheet=sheet, field=field.key, reading=reading, value=value, by=by,
                   act=_act(value, reading, state, is_unreadable))  # fmt: skip


def _act(value: str, reading: FieldReading | None, state: FieldState, is_unreadable: bool) -> str:
    acts = FieldVerification.Act
    if is_unreadable:
        return acts.UNREADABLE
    if state.differing:
        return acts.SETTLED
    if reading is None:
        return acts.ENTERED
    return acts.ACCEPTED if reading.text == value else acts.REPLACED


def entries_of(rows: models.QuerySet[FieldVerification]) -> list[Entry]:
    """Return the current values of a field in the order in which they were entered."""
    settled = FieldVerification.Act.SETTLED
    return [Entry(row.value, row.by_id, row.act == settled) for row in rows.order_by("pk")]


def route_here(field: TemplateField, reading: FieldReading | None) -> Route:
    """Return the route of a field: of its reading, or without one as its policy says."""
    if reading is not None:
        return Route(reading.route)
    return Route.DOUBLE if field.policy == "double" else Route.CHECK
