"""Cases 案件: what a machine reads of its section's applications, and what it may do to them."""

from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from ninja import Router, Status
from ninja.params.functions import Header, Path, Query

from todoke.api.endpoint_shapes import (
    LIMIT,
    AcceptedShape,
    AnswersShape,
    ApplicationIn,
    CasePage,
    CaseShape,
    CaseStatus,
    ResultIn,
    StateIn,
    status_shape,
)  # fmt: skip
from todoke.api.key_authentication import machine_of, user_of_machine
from todoke.api.typed_values import Digits, Moment, decoded
from todoke.cases.models import Case
from todoke.cases.models.stop_flag import is_flagged
from todoke.formbuilder.document.structure import QuestionKind
from todoke.integrations.scopes import Scope
from todoke.integrations.sent_applications import SentApplication, SentFile, accept_once
from todoke.integrations.state_changes import set_status, write_result
from todoke.runtime.refusals import NotAllowed
from todoke.web.downloads import take

router = Router(tags=["案件"])
RELATED = ("release__offer__procedure", "department", "charge")
NUMBER = Path(..., pattern=r"^[0-9A-Z-]{1,20}$", description="受付番号")
TOKEN = Path(..., pattern=r"^[A-Za-z0-9_-]{1,40}$", description="書類の合言葉")
STATUS = Query(None, description="状態の略号。この状態の案件だけを読む")
SINCE = Query(None, description="この時刻から後に記録した案件だけを読む。2026-04-01T09:00:00+09:00 のように書く")
AFTER = Query("", max_length=20, pattern=r"^[0-9A-Z-]*$", description="前の答えの next。その続きを読む")
RETRY_KEY = Header(
    ..., alias="Idempotency-Key", pattern=r"^[A-Za-z0-9_-]{8,100}$",
    description="再送キー。同じ内容をもう一度送るときは、同じものを付ける",
)  # fmt: skip


def _visible(request: HttpRequest, scope: Scope) -> QuerySet[Case]:
    return Case.objects.visible_to(user_of_machine(request, scope)).select_related(*RELATED)


def _shown(case: Case) -> dict[str, Any]:
    charge = case.charge
    return {
        "number": case.number, "service": case.release.offer.code, "title": case.title,
        "department": case.department.name, "status": status_shape(case.status, case.get_status_display()),
        "channel": status_shape(case.channel, case.get_channel_display()),
        "payment": status_shape(charge.status, charge.status.label) if charge else None,
        "delivery": status_shape(case.delivery, case.get_delivery_display()), "received_at": case.received_at,
        "due_on": case.due_on, "decided_at": case.decided_at,
    }  # fmt: skip


@router.get("/cases", response=CasePage, summary="案件の一覧", operation_id="list_cases")
def cases(
    request: HttpRequest, status: CaseStatus | None = STATUS, since: Moment | None = SINCE, after: str = AFTER,
    limit: Digits = LIMIT,
) -> dict[str, Any]:  # fmt: skip
    """担当部署の案件を、受け付けた順に。氏名は入らない。続きは、next を after に入れて読む。"""
    rows = _visible(request, Scope.STATUS).order_by("pk")
    if status:
        rows = rows.filter(status=status)
    if since is not None:
        rows = rows.filter(recorded_at__gte=since)
    if after:
        rows = rows.filter(pk__gt=get_object_or_404(_visible(request, Scope.STATUS), number=after).pk)
    found = list(rows[: limit + 1])
    following = found[limit - 1].number if len(found) > limit else None
    return {"items": [_shown(case) for case in found[:limit]], "next": following}


@router.post("/cases", response={201: AcceptedShape, 200: AcceptedShape}, summary="申請を渡す", operation_id="hand_in")
def hand_in(request: HttpRequest, sent: ApplicationIn, retry_key: str = RETRY_KEY) -> Status[dict[str, Any]]:
    """ほかの窓口で受け付けた申請を渡す。同じ再送キーと内容なら、何度送っても一つの案件になる。"""
    machine = machine_of(request, Scope.SUBMIT)
    files = tuple(
        SentFile(each.question, each.row, each.name, each.sha256, decoded(each.content)) for each in sent.files
    )
    application = SentApplication(sent.service, sent.answers, files, sent.received_at, sent.reason)
    case, again = accept_once(machine, application, key=retry_key)
    return Status(200 if again else 201, {"number": case.number, "again": again})


@router.get("/cases/{number}", response=CaseShape, summary="一件の状態", operation_id="read_case")
def case(request: HttpRequest, number: str = NUMBER) -> dict[str, Any]:
    """一件の状態と期限。ほかの部署の案件は、ないものと同じに答える。"""
    return _shown(get_object_or_404(_visible(request, Scope.STATUS), number=number))


def _opened(request: HttpRequest, number: str) -> Case:
    """Return a case whose content a machine reads, with one entry in the trail. Raises NotAllowed for a flagged one."""
    found = get_object_or_404(_visible(request, Scope.ANSWERS), number=number)
    if is_flagged(found):
        raise NotAllowed("この案件の内容は、連携では渡せません。担当部署の職員に確認してください。")
    found.record_view(by=user_of_machine(request, Scope.ANSWERS))
    return found


@router.get("/cases/{number}/answers", response=AnswersShape, summary="回答", operation_id="read_answers")
def answers(request: HttpRequest, number: str = NUMBER) -> dict[str, Any]:
    """最後の補正のあとの回答と、添付書類の名前。個人番号は、入らない。読むたびに、監査記録に残る。"""
    found = _opened(request, number)
    rows = [
        {"question": row.question.id, "row": row.row, "label": row.label, "heading": row.heading, "text": row.text}
        for _, page in found.submission.journey().summary()
        for row in page
        if row.question.kind is not QuestionKind.MY_NUMBER
    ]
    named = ("token", "question", "row", "name", "media_type", "size", "sha256")
    files = [{name: getattr(each, name) for name in named} for each in found.submission.uploads.current()]
    return {"number": number, "form_version": found.submission.version.number, "answers": rows, "files": files}


@router.get("/cases/{number}/files/{token}", summary="添付書類", operation_id="read_file")
def file(request: HttpRequest, number: str = NUMBER, token: str = TOKEN) -> HttpResponseBase:
    """添付書類の中身。読むたびに、監査記録に残る。"""
    found = _opened(request, number)
    upload = found.submission.uploads.current().filter(token=token).first()
    if upload is None:
        raise Http404
    by = user_of_machine(request, Scope.ANSWERS)
    return take(found, upload.open, upload.name, by=by, media_type=upload.media_type)


@router.put("/cases/{number}/status", response=CaseShape, summary="状態を進める", operation_id="set_status")
def status(request: HttpRequest, change: StateIn, number: str = NUMBER) -> dict[str, Any]:
    """審査を始める(review)か、申し出による取下げ(withdrawn)を、理由を付けて記録する。もうそうなら、何も起きない。"""
    machine = machine_of(request, Scope.STATE)
    found = get_object_or_404(_visible(request, Scope.STATE), number=number)
    set_status(found, change.status, reason=change.reason, machine=machine)
    return _shown(get_object_or_404(_visible(request, Scope.STATE), number=number))


@router.post("/cases/{number}/results", response=AcceptedShape, summary="結果を書く", operation_id="write_result")
def results(request: HttpRequest, found: ResultIn, number: str = NUMBER, retry_key: str = RETRY_KEY) -> dict[str, Any]:
    """確かめた結果を、職員だけに見えるメモに書く。決定はしない。"""
    machine = machine_of(request, Scope.RESULTS)
    case = get_object_or_404(_visible(request, Scope.RESULTS), number=number)
    written = write_result(case, found.text, key=retry_key, machine=machine)
    return {"number": case.number, "again": not written}
