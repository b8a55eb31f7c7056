"""Public facts 手続と数字: what the public pages say too; no key is needed."""

from typing import Any

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Router
from ninja.params.functions import Path, Query

from todoke.api.endpoint_shapes import LIMIT, FigureShape, FormShape, ProcedurePage, ServicePage, ServiceShape
from todoke.api.key_authentication import limited
from todoke.api.typed_values import Digits
from todoke.insights.rates import Rate, rates
from todoke.japanese.calendar import today
from todoke.offers.models import Release
from todoke.offers.models.release import ReleaseQuerySet
from todoke.procedures.models import Procedure

router = Router(tags=["手続と数字"], auth=None)
CODE = Path(..., pattern=r"^[A-Za-z0-9_-]{1,50}$", description="公開コード")
AFTER = Query("", max_length=50, pattern=r"^[^\u0000]*$", description="前の答えの next。その続きを読む")
KEY = Path(..., pattern=r"^[a-z_-]{1,30}$", description="指標の名前")


def _open() -> ReleaseQuerySet:
    return Release.objects.open().select_related("offer__procedure", "offer__department", "form_version")


def _service(release: Release) -> dict[str, Any]:
    offer = release.offer
    return {
        "code": offer.code, "title": offer.procedure.title, "procedure": offer.procedure.number,
        "department": offer.department.name, "opens_at": offer.opens_at, "closes_at": offer.closes_at,
        "release": release.number, "standard_days": release.standard_days,
    }  # fmt: skip


@router.get("/procedures", response=ProcedurePage, summary="手続の台帳", operation_id="list_procedures")
@limited
def procedures(request: HttpRequest, after: str = AFTER, limit: Digits = LIMIT) -> dict[str, Any]:
    """住民や事業者が出す、現存する手続。番号の順に。"""
    rows = Procedure.objects.existing_on(today()).filed_by_the_public().select_related("department").order_by("number")
    found = list(rows.filter(number__gt=after)[: limit + 1])
    items = [
        {"number": row.number, "title": row.title, "department": row.department.name if row.department else ""}
        for row in found[:limit]
    ]
    return {"on": today(), "items": items, "next": found[limit - 1].number if len(found) > limit else None}


@router.get("/services", response=ServicePage, summary="オンライン受付の一覧", operation_id="list_services")
@limited
def services(request: HttpRequest, after: str = AFTER, limit: Digits = LIMIT) -> dict[str, Any]:
    """いま受け付けている手続。公開コードの順に。"""
    found = list(_open().filter(offer__code__gt=after).order_by("offer__code")[: limit + 1])
    following = found[limit - 1].offer.code if len(found) > limit else None
    return {"items": [_service(release) for release in found[:limit]], "next": following}


@router.get("/services/{code}", response=ServiceShape, summary="一つの受付", operation_id="read_service")
@limited
def service(request: HttpRequest, code: str = CODE) -> dict[str, Any]:
    """いま受け付けている手続の一つ。"""
    return _service(get_object_or_404(_open(), offer__code=code))


@router.get("/services/{code}/form", response=FormShape, summary="様式の設問", operation_id="read_form")
@limited
def form(request: HttpRequest, code: str = CODE) -> dict[str, Any]:
    """適用中の版の設問。名前は、申請を渡すときの項目の名前になる。"""
    release = get_object_or_404(_open(), offer__code=code)
    questions = [
        {"id": question.id, "kind": str(question.kind), "label": question.label, "required": str(question.required),
         "repeats": group.repeat is not None}
        for page in release.form_version.parsed.pages for group, question in page.questions()
    ]  # fmt: skip
    return {"service": code, "version": release.form_version.number, "questions": questions}


def _figure(found: Rate) -> dict[str, Any]:
    told = found.definition
    return {
        "key": told.key, "title": told.title, "meaning": told.meaning, "on": found.on, "numerator": found.numerator,
        "numerator_is": told.part, "denominator": found.denominator, "denominator_is": told.whole,
        "percent": None if found.percent is None else str(found.percent),
    }  # fmt: skip


@router.get("/figures", response=list[FigureShape], summary="公開している割合", operation_id="list_figures")
@limited
def figures(request: HttpRequest) -> list[dict[str, Any]]:
    """オンライン化の割合。定義、分子、分母、日付が付く。"""
    return [_figure(found) for found in rates()]


@router.get("/figures/{key}", response=FigureShape, summary="一つの割合", operation_id="read_figure")
@limited
def figure(request: HttpRequest, key: str = KEY) -> dict[str, Any]:
    """割合の一つ。"""
    return _figure(_found(key))


def _found(key: str) -> Rate:
    found = next((each for each in rates() if each.definition.key == key), None)
    if found is None:
        raise Http404
    return found
