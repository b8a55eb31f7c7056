"""国の窓口の申請: what came, what a person decides of a code and its items, and trying once more."""

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from todoke.cases.models import Case
from todoke.integrations.imports.column_mappings import decide_columns, release_of
from todoke.integrations.imports.column_targets import targets_of
from todoke.integrations.imports.national_intake import choose_offer, mapping_of, take, try_again
from todoke.integrations.models import NationalApplication
from todoke.integrations.permissions import MANAGE_PARTNERS
from todoke.lists.list_page import list_page
from todoke.office.answers.forms.answer_imports import ColumnsForm
from todoke.office.partners.forms.national_applications import NationalOfferForm
from todoke.office.partners.national_application_list import NationalApplicationList
from todoke.runtime.refusals import NotYet
from todoke.web.actions import RefusalsOn, action, cleaned
from todoke.web.permission_check import staff


@require_GET
def show_list(request: HttpRequest) -> HttpResponseBase:
    return list_page(request, NationalApplicationList(staff(request)), "office/national_applications/index.html")


def application_of(request: HttpRequest, number: str) -> NationalApplication:
    mine = NationalApplication.objects.visible_to(staff(request))
    return get_object_or_404(mine.select_related("case"), number=number)


@require_GET
def show(request: HttpRequest, number: str) -> HttpResponse:
    """Show what became of an application, and what a person decides next."""
    user, row = staff(request), application_of(request, number)
    mapping = mapping_of(row.code)
    context = {
        "row": row, "mapping": mapping, "form": NationalOfferForm(), "may_choose": MANAGE_PARTNERS.held_by(user),
        "may_map": mapping is not None and Case(department=mapping.offer.department).can_process(user),
        "not_taken": mapping.not_taken() if mapping else [],
    }  # fmt: skip
    return render(request, "office/national_applications/show.html", context)


@action("office:national-application", "number")
def offer(request: HttpRequest, number: str) -> str:
    """Decide which procedure here the code means."""
    by, row = staff(request, MANAGE_PARTNERS), application_of(request, number)
    chosen = cleaned(NationalOfferForm(request.POST))["offer"]
    choose_offer(row, chosen, by=by)
    take(row)
    return f"「{chosen.procedure.title}」で受け取ります。次に、{chosen.department}の職員が項目の行き先を決めます。"


@require_http_methods(["GET", "POST"])
def columns(request: HttpRequest, number: str) -> HttpResponse:
    """Ask where each item goes, for this and every later application of the code. Raises NotYet before the offer is."""
    by, row = staff(request), application_of(request, number)
    mapping = mapping_of(row.code)
    if mapping is None:
        raise NotYet("先に、システム管理担当が、この手続のコードに当たるこちらの手続を決めます。")
    targets = targets_of(release_of(mapping.offer).form_version.parsed)
    form = ColumnsForm(request.POST or None, mapping=mapping, targets=targets, samples={})
    if request.method == "POST" and form.is_valid():
        with RefusalsOn(form):
            decide_columns(mapping, form.targets(), by=by)
            take(row)
            return redirect("office:national-application", number)
    context = {"row": row, "form": form}
    status = 422 if form.errors else 200
    return render(request, "office/national_applications/columns.html", context, status=status)


@action("office:national-application", "number")
def trial(request: HttpRequest, number: str) -> str:
    """Try once more to make a case of it."""
    row = application_of(request, number)
    try_again(row, by=staff(request))
    return "案件になりました。" if row.case else "まだ案件にできません。「待っていること」を見てください。"
