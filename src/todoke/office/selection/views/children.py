"""申込児童: the children of a round, and one child with its points, wishes and reasons."""

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from todoke.admissions.models import HandRecount, ScoringFact
from todoke.lists.csv_xlsx_export import list_response
from todoke.lists.query import wanted_format
from todoke.office.selection import child_page
from todoke.office.selection.forms.admissions import FactForm, RecountForm
from todoke.office.selection.forms.family_answers import OfferAnswerForm, SiblingForm, WishForm, WithdrawalForm
from todoke.office.selection.round_access import child_of
from todoke.office.selection.selection_lists import ApplicantChildList
from todoke.web.actions import action, cleaned
from todoke.web.export_reason import asks_reason
from todoke.web.permission_check import staff


@asks_reason
def show_list(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Show the children of a round."""
    children = ApplicantChildList.at(staff(request), {"pk": pk})
    if wanted_format(request.GET):
        return list_response(children, request)
    context = {"round": children.of, **children.page(request.GET).context()}
    return render(request, "office/admissions/children.html", context)


@require_GET
def show(request: HttpRequest, pk: int, number: str) -> HttpResponse:
    """Show one child: points with their rows, facts, wishes with the reason of each."""
    child = child_of(request, pk, number)
    home = child.household
    forms = {
        "fact_form": FactForm(choices=child_page.fact_choices(child, child.round.rule_version.rules)),
        "recount_form": RecountForm(),
        "wish_form": WishForm(child=child),
        "sibling_form": SiblingForm(initial={"same": home.same, "partial": home.partial, "named": home.named}),
        "withdrawal_form": WithdrawalForm(),
        "answer_form": OfferAnswerForm() if child_page.awaits_answer(child) else None,
    }
    return render(request, "office/admissions/child.html", {**child_page.child_context(child), **forms})


@action("office:admission-child", "pk", "number", note="答えは変わっていません。")
def fact(request: HttpRequest, pk: int, number: str) -> str:
    """Correct an answer on which points rest."""
    child = child_of(request, pk, number)
    rules = child.round.rule_version.rules
    given = cleaned(FactForm(request.POST, choices=child_page.fact_choices(child, rules)))
    key, _, guardian = given.pop("place").partition("/")
    given["value"] = child_page.YES.get(given["value"], given["value"])
    own = child if rules.fact(key).about == "child" else None
    ScoringFact.write(
        child.household, key, by=staff(request), guardian=int(guardian), child=own, origin="staff", **given
    )
    return "答えを直しました。点数を計算し直してください。"


@action("office:admission-child", "pk", "number", note="手計算は入っていません。")
def recount(request: HttpRequest, pk: int, number: str) -> str:
    """Keep points that a person computed by hand."""
    child = child_of(request, pk, number)
    HandRecount.enter(child, by=staff(request), **cleaned(RecountForm(request.POST)))
    return "手計算を残しました。"


@action("office:admission-child", "pk", "number", note="希望は変わっていません。")
def wishes(request: HttpRequest, pk: int, number: str) -> str:
    """Replace the wishes, as a paper or a call says."""
    child = child_of(request, pk, number)
    child.set_wishes(WishForm.wishes(cleaned(WishForm(request.POST, child=child))), by=staff(request))
    return "希望を変えました。"


@action("office:admission-child", "pk", "number", note="答えは変わっていません。")
def siblings(request: HttpRequest, pk: int, number: str) -> str:
    """Change the answers on siblings."""
    child = child_of(request, pk, number)
    child.household.answer_siblings(by=staff(request), **cleaned(SiblingForm(request.POST)))
    return "きょうだいの答えを変えました。"


@action("office:admission-children", "pk", note="取り下げていません。")
def withdrawal(request: HttpRequest, pk: int, number: str) -> str:
    """Withdraw an application as the family asked."""
    child = child_of(request, pk, number)
    given = cleaned(WithdrawalForm(request.POST), "取下げの申し出の経緯を書いてください。")
    child.withdraw(reason=given["withdrawal"], by=staff(request))
    return f"{child.number}の申込みを取り下げました。"


@action("office:admission-child", "pk", "number", note="答えは入っていません。")
def answer(request: HttpRequest, pk: int, number: str) -> str:
    """Enter whether a family takes the place, as it wrote or said."""
    child = child_of(request, pk, number)
    placement = get_object_or_404(
        child.round.placements.select_related("round__scheme", "child__household"), child=child
    )
    given = cleaned(OfferAnswerForm(request.POST), "承諾か辞退を選んでください。")
    placement.answer(given["answer"], by=staff(request))
    return f"{child.number}の答え({placement.get_status_display()})を入れました。"
