"""Round progress 棚卸の進行: opens rounds, saves answers, submits sheets, sends reminders."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from todoke.accounts.actors import Actor, label_of, user_of
from todoke.accounts.models import User
from todoke.audit import log
from todoke.audit.transitions import stamp_once
from todoke.japanese.calendar import business_date, format_date, today
from todoke.notices import outbox
from todoke.organization.models import Department, Tenure
from todoke.procedures import cell_edits
from todoke.procedures.models import FieldChange, Procedure, Volume
from todoke.procedures.survey_columns import CODES, Column
from todoke.rounds.models import MergedCell, Round, RoundRow, RoundSheet
from todoke.rounds.round_questions import ANSWER, VOLUME, CurrentValues
from todoke.runtime.links import absolute
from todoke.runtime.refusals import NotAllowed


@transaction.atomic
def open_round(code: str, title: str, *, starts_on: date, ends_on: date, due_on: date, by: Actor) -> Round:
    """棚卸の開始: create a round with a sheet per department and a row per procedure. Raises NotAllowed."""
    if isinstance(by, User) and not Round.can_open(by):
        raise NotAllowed("棚卸を始められるのは、推進本部です。")
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
    _tell_start(asked, by)
    return asked


def _tell_start(asked: Round, by: Actor) -> None:
    """Mail everybody of each department asked, with the address of its sheet (開始の知らせ)."""
    held = Tenure.objects.current().persons().filter(user__is_active=True).select_related("user", "post")
    people: dict[int, dict[int, User]] = {}
    for tenure in held:
        people.setdefault(tenure.post.department_id, {})[tenure.user_id] = tenure.user
    for sheet in asked.sheets.select_related("department").annotate(count=Count("rows")):
        context = {
            "round": asked.title, "section": sheet.department.name, "due": format_date(asked.due_on),
            "count": sheet.count, "url": absolute("office:round-sheet", asked.code, sheet.department.code),
        }  # fmt: skip
        for person in people.get(sheet.department_id, {}).values():
            to = outbox.Recipient.of(person)
            outbox.enqueue("round-start", to=to, context=context, about=f"棚卸 {asked.code}", by=by)


def sheets_with_progress(asked: Round) -> QuerySet[RoundSheet]:
    """Return the sheets of a round, annotated with rows asked, answered and left, conflicts and defects."""
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
def submit_sheet(sheet: RoundSheet, *, by: Actor) -> bool:
    """棚卸票の回答: mark a sheet as submitted; False when it was before. Raises NotAllowed."""
    _require_can_answer(sheet, by)
    if not stamp_once(sheet, "returned_at", returned_by=user_of(by)):
        return False
    left = sheet.rows.filter(answer="").count()
    log.record(sheet, "棚卸票の回答", by=by, after={"未回答": left})
    return True


@transaction.atomic
def confirm_unchanged(sheet: RoundSheet, numbers: list[str], *, by: Actor) -> int:
    """まとめて確認: mark unanswered rows as unchanged, by procedure number; return how many.

    Raises NotAllowed.
    """
    _require_can_answer(sheet, by)
    count = sheet.rows.filter(procedure__number__in=numbers, answer="").update(
        answer=RoundRow.Answer.KEPT, answered_at=timezone.now(), answered_by=user_of(by)
    )
    log.record(sheet, "まとめて確認", by=by, after={"行": count})
    return count


@transaction.atomic
def send_reminders(asked: Round, *, by: Actor) -> int:
    """棚卸の催促: mail the staff of departments that have not submitted; return to how many departments.

    At most once a day for each sheet. Raises NotAllowed.
    """
    if isinstance(by, User) and not Round.can_open(by):
        raise NotAllowed("棚卸の催促を送れるのは、推進本部です。")
    waiting = [
        sheet for sheet in sheets_with_progress(asked) if sheet.returned_at is None and not _reminded_today(sheet)
    ]
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


def _require_can_answer(sheet: RoundSheet, by: Actor) -> None:
    if isinstance(by, User) and not sheet.can_answer(by):
        raise NotAllowed("この棚卸票に回答できるのは、その部署の職員と推進本部です。")


def answer_error(current: CurrentValues, said: Mapping[Column, Any]) -> str:
    """Return what is inconsistent in an answer, as a sentence for the user; empty when it is valid."""
    counts = {column.name: value for column, value in said.items() if column.holds == VOLUME}
    total = counts.get("total", current.values["total"])
    online = counts.get("online", current.values["online"])
    if counts and total is not None and online is not None and online > total:
        return f"オンラインの件数({online:,})が総件数({total:,})より多くなっています。"
    return ""


@transaction.atomic
def save_answer(current: CurrentValues, said: Mapping[Column, Any], *, by: Actor) -> None:
    """棚卸の回答: save the answered columns of one procedure with their history, and mark its row as answered."""
    values = {c.name: value for c, value in said.items() if c.holds not in {ANSWER, VOLUME, CODES}}
    chosen = {c.table: value for c, value in said.items() if c.holds == CODES}
    if values or chosen:
        cell_edits.update_procedure(current.procedure, values, chosen, by=by, source=FieldChange.Source.ROUND)
    counts = {c.name: value for c, value in said.items() if c.holds == VOLUME}
    if counts:
        _save_counts(current, counts, by)
    said_of_row = next((value for c, value in said.items() if c.holds == ANSWER), "") or current.row.answer
    RoundRow.objects.filter(pk=current.row.pk).update(
        answer=said_of_row or RoundRow.Answer.KEPT, answered_at=timezone.now(), answered_by=user_of(by)
    )


def _save_counts(current: CurrentValues, counts: dict[str, int | None], by: Actor) -> None:
    asked, before = current.row.sheet.round, current.volume
    period = {"ends_on": asked.ends_on, "source": asked.title, "precision": Volume.Precision.EXACT}
    Volume.objects.update_or_create(
        procedure=current.procedure, starts_on=asked.starts_on, defaults={**period, **counts}
    )
    labels = {name: str(getattr(Volume._meta.get_field(name), "verbose_name", name)) for name in counts}
    FieldChange.objects.bulk_create(
        FieldChange(
            procedure=current.procedure, at=timezone.now(), actor=user_of(by), actor_label=label_of(by),
            source=FieldChange.Source.ROUND, field=f"区の件数({labels[name]})",
            before=_shown(getattr(before, name, None)), after=_shown(value),
        )
        for name, value in counts.items()
    )  # fmt: skip


def _shown(value: int | None) -> str:
    return "" if value is None else str(value)
