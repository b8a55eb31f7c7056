"""Registration 台帳への登録: a department asks for a procedure that the inventory lacks; the DX office answers."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from todoke.accounts.actors import Actor, label_of, user_of
from todoke.accounts.models import User
from todoke.audit import log
from todoke.audit.transitions import transition
from todoke.notices import outbox
from todoke.organization.models import Department, Tenure
from todoke.procedures.codes import Kind, Party
from todoke.procedures.models import FieldChange, LegalBasis, ListingRequest, Procedure
from todoke.procedures.permissions import LIST_PROCEDURE, REQUEST_LISTING
from todoke.runtime.links import absolute
from todoke.runtime.refusals import Conflict, NotAllowed, Refused

Status = ListingRequest.Status
_COPIED = ("title", "plain_name", "search_words", "law", "article")
_AMENDERS = {
    LegalBasis.Rank.LAW: LegalBasis.Amender.DIET,
    LegalBasis.Rank.CABINET_ORDER: LegalBasis.Amender.STATE,
    LegalBasis.Rank.MINISTERIAL_ORDER: LegalBasis.Amender.STATE,
    LegalBasis.Rank.ORDINANCE: LegalBasis.Amender.COUNCIL,
    LegalBasis.Rank.RULE: LegalBasis.Amender.MAYOR,
}


def may_request(user: User, department: Department) -> bool:
    """Return whether a person may ask for a procedure of a department."""
    return REQUEST_LISTING.held_by(user, department)


@transaction.atomic
def request_listing(request: ListingRequest, *, by: Actor) -> ListingRequest:
    """登録の依頼: save a request and mail it to the DX office; one audit entry. Raises NotAllowed."""
    if isinstance(by, User) and not may_request(by, request.department):
        raise NotAllowed("登録を依頼できるのは、その手続を所管する部署の職員です。")
    request.requested_by = user_of(by)
    request.save()
    log.record(request, "登録の依頼", by=by, after={"手続名": request.title, "所管部署": str(request.department)})
    context = {"procedure": request.title, "section": request.department.name, "url": _address(request)}
    held = Tenure.objects.current().filter(post__role__in=LIST_PROCEDURE.roles, user__is_active=True)
    for person in {tenure.user for tenure in held.select_related("user")} - {user_of(by)}:
        to = outbox.Recipient.of(person)
        outbox.enqueue("listing-requested", to=to, context=context, about=f"登録の依頼 {request.token}", by=by)
    return request


@transaction.atomic
def list_procedure(request: ListingRequest, *, by: Actor) -> Procedure:
    """台帳への登録: create the procedure of a request, new or waiting, and return it; one audit entry.

    It is public from now on. Raises NotAllowed, and Conflict when the request was answered before.
    """
    _require_can_settle(request, by)
    if request._state.adding:
        request.requested_by = user_of(by)
        request.save()
    procedure = _create(request, by)
    _settle(request, Status.LISTED, by, procedure=procedure)
    log.record(
        procedure, "台帳への登録", by=by, after={"手続名": procedure.title, "所管部署": str(procedure.department)}
    )
    return procedure


@transaction.atomic
def decline(request: ListingRequest, reason: str, *, by: Actor) -> None:
    """依頼の見送り: answer that a procedure is not listed, with a reason; one audit entry.

    Raises NotAllowed, Refused without a reason, and Conflict when the request was answered before.
    """
    _require_can_settle(request, by)
    if not reason.strip():
        raise Refused("加えない理由を書いてください。依頼した部署に伝わります。")
    _settle(request, Status.DECLINED, by, answer=reason.strip()[:300])
    log.record(request, "登録の見送り", by=by, reason=reason.strip()[:300])


def _create(request: ListingRequest, by: Actor) -> Procedure:
    known = {name: getattr(request, name) for name in _COPIED}
    procedure = Procedure.objects.create(
        **known, department=request.department, actor=request.filer, recipient=Party.LOCAL, kind=Kind.APPLICATION
    )
    if request.law:
        LegalBasis.objects.create(
            procedure=procedure, rank=request.rank, title=request.law, article=request.article,
            amendable_by=_AMENDERS.get(LegalBasis.Rank(request.rank), LegalBasis.Amender.DEPARTMENT),
        )  # fmt: skip
    FieldChange.objects.create(
        procedure=procedure, at=timezone.now(), actor=user_of(by), actor_label=label_of(by),
        source=FieldChange.Source.PAGE, field="台帳への登録", after=procedure.title,
    )  # fmt: skip
    return procedure


def _settle(
    request: ListingRequest, to: ListingRequest.Status, by: Actor, *, procedure: Procedure | None = None,
    answer: str = "",
) -> None:  # fmt: skip
    facts: dict[str, Any] = {
        "settled_at": timezone.now(),
        "settled_by": user_of(by),
        "procedure": procedure,
        "answer": answer,
    }
    if not transition(request, to, **facts):
        raise Conflict("この依頼には、もう答えています。")
    asked = request.requested_by
    if asked is None or asked == user_of(by):
        return
    context = {"procedure": request.title, "answer": to.label, "reason": answer, "url": _address(request)}
    to_whom = outbox.Recipient.of(asked)
    outbox.enqueue("listing-answered", to=to_whom, context=context, about=f"登録の依頼 {request.token}", by=by)


def _require_can_settle(request: ListingRequest, by: Actor) -> None:
    if isinstance(by, User) and not request.can_settle(by):
        raise NotAllowed("台帳に手続を加えられるのは、DX推進本部と手続設計担当です。")


def _address(request: ListingRequest) -> str:
    return absolute("office:listing-request", request.token)
