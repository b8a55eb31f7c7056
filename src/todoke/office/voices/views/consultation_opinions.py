"""意見のまとめ: single opinions and their groups, with the most similar ones beside each; a person assigns."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from todoke.office.voices.consultation_access import consultation_of, point_of
from todoke.office.voices.forms.receipts import ClauseForm, CutForm, GroupForm
from todoke.office.voices.opinion_page import clause_choices, opinion_context, opinions_context
from todoke.runtime.refusals import Refused
from todoke.voices.models import CommentGroup, ComparisonRun
from todoke.voices.tasks import compare
from todoke.web.actions import action, cleaned
from todoke.web.permission_check import staff

PAGE = ("office:consultation-opinions", "number")


@require_GET
def show_list(request: HttpRequest, number: str) -> HttpResponse:
    """Show the opinions that are in no group yet, and the groups in the order of the draft."""
    of = consultation_of(request, number)
    return render(request, "office/consultations/opinions.html", opinions_context(of, request.GET))


@require_GET
def show(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    """Show one opinion with the ten most similar ones."""
    point = point_of(request, number, pk)
    return render(request, "office/consultations/opinion.html", opinion_context(point))


@action("office:consultation-opinion", "number", "pk")
def group(request: HttpRequest, number: str, pk: int) -> str:
    """Put the opinion in a group, or in a new one."""
    point, by = point_of(request, number, pk), staff(request)
    given = cleaned(GroupForm(request.POST, of=point.consultation))
    into = given["group"]
    if given["summary"]:
        into = CommentGroup.create(point.consultation, summary=given["summary"], clause=point.clause, by=by)
    moved = point.move(into, seen=given["seen"], by=by)
    return f"{moved}件を「{into}」に入れました。" if into else f"{moved}件をまとまりから外しました。"


@action("office:consultation-opinion", "number", "pk")
def placing(request: HttpRequest, number: str, pk: int) -> str:
    """Say on which clause of the draft the opinion is."""
    point = point_of(request, number, pk)
    form = ClauseForm(request.POST, clauses=clause_choices(point.consultation))
    point.place_at(cleaned(form)["clause"], by=staff(request))
    return "どの段落への意見かを直しました。"


@action("office:consultation-opinion", "number", "pk")
def cut(request: HttpRequest, number: str, pk: int) -> str:
    """Cut the opinion in two. Raises Refused for words that are not in it."""
    point = point_of(request, number, pk)
    given = cleaned(CutForm(request.POST, clauses=clause_choices(point.consultation)))
    at = point.text.find(given["words"])
    if at < 1:
        raise Refused("その言葉は、この論点の途中にありません。文にあるとおりに書いてください。")
    point.cut(point.start + at, clause=given["clause"], by=staff(request))
    return "論点を二つに分けました。"


@action(*PAGE)
def comparison(request: HttpRequest, number: str) -> str:
    """Ask for the near-identical and the similar ones to be found."""
    ComparisonRun.request(consultation_of(request, number), compare, by=staff(request))
    return "似た意見をさがしています。このページを開き直すと、進みぐあいが見えます。"


@action(*PAGE)
def cancellation(request: HttpRequest, number: str) -> str:
    """End the computation. Raises Refused where none began."""
    run = consultation_of(request, number).comparisons.select_related("consultation__department").first()
    if run is None:
        raise Refused("計算は始まっていません。")
    run.cancel(by=staff(request))
    return "計算をやめました。"
