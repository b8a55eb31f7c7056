"""Transfers 所管の決定: procedures that a department said are another's, and those of no department, get one."""

from django.db import transaction
from django.db.models import F, Q, QuerySet

from todoke.accounts.actors import Actor, user_of
from todoke.accounts.models import User
from todoke.audit import log
from todoke.notices import outbox
from todoke.organization.models import Department, Tenure
from todoke.procedures import cell_edits
from todoke.procedures.models import FieldChange, Procedure, ProcedureQuerySet
from todoke.rounds.models import Round, RoundRow, RoundSheet
from todoke.rounds.permissions import TRANSFER_PROCEDURE
from todoke.runtime.links import absolute
from todoke.runtime.refusals import Conflict, NotAllowed, Refused

ELSEWHERE = RoundRow.Answer.ELSEWHERE


def _disputed_rows() -> QuerySet[RoundRow]:
    """Rows answered 「ほかの課の手続」 whose procedure still belongs to the department that said so."""
    rows = RoundRow.objects.filter(answer=ELSEWHERE, sheet__round__closed_at=None)
    return rows.filter(procedure__department=F("sheet__department"), procedure__abolished_on=None)


def disputed() -> ProcedureQuerySet:
    """ほかの課の手続: procedures that their department said are another's, in a round that is open."""
    return Procedure.objects.filter(pk__in=_disputed_rows().order_by().values("procedure"))


def unassigned() -> ProcedureQuerySet:
    """所管のない手続: current procedures of no department, which no round asks about."""
    return Procedure.objects.current().filter(department=None)


def unsettled() -> ProcedureQuerySet:
    """所管を決める手続: both."""
    disputed_ids = _disputed_rows().order_by().values("procedure")
    return Procedure.objects.current().filter(Q(department=None) | Q(pk__in=disputed_ids))


@transaction.atomic
def transfer(procedure: Procedure, to: Department, *, by: Actor) -> None:
    """所管の決定: set the department of a procedure, add it to that department's sheets and mail its staff.

    One audit entry. Raises NotAllowed, and Refused for the department that it has.
    """
    _require_can_transfer(by)
    if procedure.department_id == to.pk:
        raise Refused("いまの所管部署と同じです。変えないときは「いまの部署のまま」を押してください。")
    source, reason = FieldChange.Source.ROUND, "棚卸で所管を決めた"
    cell_edits.update_procedure(procedure, {"department_id": to.pk}, {}, by=by, reason=reason, source=source)
    for asked in Round.objects.filter(closed_at=None):
        sheet = RoundSheet.objects.get_or_create(round=asked, department=to)[0]
        if RoundRow.objects.get_or_create(sheet=sheet, procedure=procedure)[1]:
            _tell("round-transferred", sheet, procedure, by=by)


@transaction.atomic
def keep(procedure: Procedure, reason: str, *, by: Actor) -> None:
    """所管を変えない: the rows of those who said that it is another's are unanswered again; their staff is mailed.

    One audit entry. Raises NotAllowed, and Conflict when it was settled before.
    """
    _require_can_transfer(by)
    rows = list(_disputed_rows().filter(procedure=procedure).select_related("sheet__round", "sheet__department"))
    if not rows:
        raise Conflict("この手続の所管は、もう決められています。")
    RoundRow.objects.filter(pk__in=[row.pk for row in rows]).update(answer="", answered_at=None, answered_by=None)
    for row in rows:
        _tell("round-kept", row.sheet, procedure, by=by, reason=reason)
    log.record(procedure, "所管を変えない", by=by, reason=reason)


def _tell(code: str, sheet: RoundSheet, procedure: Procedure, *, by: Actor, reason: str = "") -> None:
    section = sheet.department
    url = absolute("office:round-sheet", sheet.round.code, section.code)
    context = {"procedure": procedure.title, "section": section.name, "reason": reason, "url": url}
    held = Tenure.objects.current().persons().filter(post__department=section, user__is_active=True)
    for person in sorted(
        {tenure.user for tenure in held.select_related("user")} - {user_of(by)}, key=lambda each: each.pk
    ):
        to = outbox.Recipient.of(person)
        outbox.enqueue(code, to=to, context=context, about=f"棚卸 {sheet.round.code}", by=by)


def _require_can_transfer(by: Actor) -> None:
    if isinstance(by, User) and not TRANSFER_PROCEDURE.held_by(by):
        raise NotAllowed("手続の所管部署を決められるのは、推進本部です。")
