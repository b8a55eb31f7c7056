"""Rounds 棚卸の進行: opening a round, answering, sending back, and who has not answered."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from todoke.accounts.actors import Actor, label_of, user_of
from todoke.accounts.models import User
from todoke.audit import log
from todoke.japanese.calendar import business_date, format_date, today
from todoke.notices import outbox
from todoke.organization.models import Department, Tenure
from todoke.procedures import cell_edits
from todoke.procedures.models import FieldChange, Procedure, Volume
from todoke.procedures.survey_columns import CODES, Column
from todoke.rounds.models import MergedCell, Round, RoundRow, RoundSheet
from todoke.rounds.round_questions import ANSWER, VOLUME, Standing


@transaction.atomic
def open_round(code: str, title: str, *, starts_on: date, ends_on: date, due_on: date, by: Actor) -> Round:
    """Ask every section that has procedures (棚卸の開始)."""
    if isinstance(by, User) and not Round.can_open(by):
        raise PermissionDenied
    asked = Round.objects.create(
        code=code, title=title, starts_on=starts_on, ends_on=ends_on, due_on=due_on, opened_at=timezone.now(),
        opened_by=user_of(by),
    )  # fmt: skip
    current = Procedure.objects.current().filter(department__isnull=False)
    sections = Department.objects.filter(procedures__in=current).distinct()
    sheets = {section.pk: RoundSheet.objects.create(round=asked, department=section) for section in sections}
    RoundRow.objects.bulk_create(
        (
            RoundRow(sheet=sheets[department], procedure_id=pk)
            for pk, department in current.values_list("pk", "department")
        ),
        batch_size=1000,
    )
    log.record(asked, "棚卸の開始", by=by, after={"部署": len(sheets)})
    return asked


def progress(asked: Round) -> QuerySet[RoundSheet]:
    """Return the sheets of a round with how many rows each has, and how many are answered and in conflict."""
    conflicts = Count("cells", filter=Q(cells__outcome=MergedCell.Outcome.CONFLICT), distinct=True)
    defects = Count("cells", filter=Q(cells__outcome=MergedCell.Outcome.DEFECT), distinct=True)
    sheets = asked.sheets.select_related("department").order_by("department__code")
    return sheets.annotate(
        asked=Count("rows", distinct=True),
        answered=Count("rows", filter=~Q(rows__answer=""), distinct=True),
        left=Count("rows", filter=Q(rows__answer=""), distinct=True),
        conflicts=conflicts,
        defects=defects,
    )


@transaction.atomic
def send_back(sheet: RoundSheet, *, by: Actor) -> bool:
    """Say that a section has finished; False when it had said so before (棚卸票の回答)."""
    _allow(sheet, by)
    waiting = RoundSheet.objects.filter(pk=sheet.pk, returned_at__isnull=True)
    if not waiting.update(returned_at=timezone.now(), returned_by=user_of(by)):
        return False
    left = sheet.rows.filter(answer="").count()
    log.record(sheet, "棚卸票の回答", by=by, after={"未回答": left})
    return True


@transaction.atomic
def confirm(sheet: RoundSheet, numbers: list[str], *, by: Actor) -> int:
    """Answer rows on the page without changing them; return how many (まとめて確認)."""
    _allow(sheet, by)
    count = sheet.rows.filter(procedure__number__in=numbers, answer="").update(
        answer=RoundRow.Answer.KEPT, answered_at=timezone.now(), answered_by=user_of(by)
    )
    log.record(sheet, "まとめて確認", by=by, after={"行": count})
    return count


@transaction.atomic
def remind(asked: Round, *, by: Actor) -> int:
    """Write to everybody who holds a post in a section that has not finished, once a day; return to how many sections.

    (棚卸の催促) Raises PermissionDenied.
    """
    if isinstance(by, User) and not Round.can_open(by):
        raise PermissionDenied
    waiting = [sheet for sheet in progress(asked) if sheet.returned_at is None and not _reminded_today(sheet)]
    for sheet in waiting:
        held = Tenure.objects.current().filter(post__department=sheet.department, user__is_active=True)
        people = {tenure.user for tenure in held.select_related("user")}
        context = {"round": asked.title, "section": sheet.department.name, "due": format_date(asked.due_on),
                   "left": getattr(sheet, "left", 0)}  # fmt: skip
        for person in sorted(people, key=lambda each: each.pk):
            to = outbox.Recipient.of(person)
            outbox.enqueue("round-reminder", to=to, context=context, about=f"棚卸 {asked.code}", by=by)
        log.record(sheet, "棚卸の催促", by=by, after={"人数": len(people)})
    RoundSheet.objects.filter(pk__in=[sheet.pk for sheet in waiting]).update(reminded_at=timezone.now())
    return len(waiting)


def _reminded_today(sheet: RoundSheet) -> bool:
    return sheet.reminded_at is not None and business_date(sheet.reminded_at) == today()


def _allow(sheet: RoundSheet, by: Actor) -> None:
    if isinstance(by, User) and not sheet.can_answer(by):
        raise PermissionDenied


def contradiction(standing: Standing, said: Mapping[Column, Any]) -> str:
    """Tell what in an answer cannot be true; empty when it can."""
    counts = {column.name: value for column, value in said.items() if column.holds == VOLUME}
    total = counts.get("total", standing.values["total"])
    online = counts.get("online", standing.values["online"])
    if counts and total is not None and online is not None and online > total:
        return f"オンラインの件数({online:,})が総件数({total:,})より多くなっています。"
    return ""


@transaction.atomic
def answer(standing: Standing, said: Mapping[Column, Any], *, by: Actor) -> None:
    """Write what a section said of one procedure, and count the row as answered (棚卸の回答)."""
    values = {c.name: value for c, value in said.items() if c.holds not in {ANSWER, VOLUME, CODES}}
    chosen = {c.table: value for c, value in said.items() if c.holds == CODES}
    if values or chosen:
        cell_edits.revise(standing.procedure, values, chosen, by=by, source=FieldChange.Source.ROUND)
    counts = {c.name: value for c, value in said.items() if c.holds == VOLUME}
    if counts:
        _count(standing, counts, by)
    said_of_row = next((value for c, value in said.items() if c.holds == ANSWER), "") or standing.row.answer
    RoundRow.objects.filter(pk=standing.row.pk).update(
        answer=said_of_row or RoundRow.Answer.KEPT, answered_at=timezone.now(), answered_by=user_of(by)
    )


def _count(standing: Standing, counts: dict[str, int | None], by: Actor) -> None:
    asked, before = standing.row.sheet.round, standing.volume
    period = {"ends_on": asked.ends_on, "source": asked.title, "precision": Volume.Precision.EXACT}
    Volume.objects.update_or_create(
        procedure=standing.procedure, starts_on=asked.starts_on, defaults={**period, **counts}
    )
    labels = {name: str(getattr(Volume._meta.get_field(name), "verbose_name", name)) for name in counts}
    FieldChange.objects.bulk_create(
        FieldChange(
            procedure=standing.procedure, at=timezone.now(), actor=user_of(by), actor_label=label_of(by),
            source=FieldChange.Source.ROUND, field=f"区の件数({labels[name]})",
            before=_shown(getattr(before, name, None)), after=_shown(value),
        )
        for name, value in counts.items()
    )  # fmt: skip


def _shown(value: int | None) -> str:
    return "" if value is None else str(value)
