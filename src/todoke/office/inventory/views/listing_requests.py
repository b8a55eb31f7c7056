"""登録の依頼: a procedure that the inventory lacks is added by the DX office, or asked for by a department."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from todoke.design.templatetags.lists import SummaryListRow
from todoke.lists.list_page import list_page
from todoke.office.inventory.forms.listing_requests import ListingRequestForm
from todoke.office.inventory.listing_request_list import ListingRequestList
from todoke.procedures import duplicates, registration
from todoke.procedures.models import ListingRequest
from todoke.procedures.permissions import LIST_PROCEDURE
from todoke.web.actions import RefusalsOn, action
from todoke.web.permission_check import staff

_FACTS = ("plain_name", "department", "filer", "rank", "law", "article", "search_words", "note", "source")


@require_GET
def show_list(request: HttpRequest) -> HttpResponseBase:
    """Show the requests, those without an answer first."""
    return list_page(request, ListingRequestList(staff(request)), "office/listing_requests/list.html")


@require_http_methods(["GET", "POST"])
def addition(request: HttpRequest) -> HttpResponse:
    """Add a procedure (DX office), or ask for one (departments)."""
    user = staff(request)
    lists = LIST_PROCEDURE.held_by(user)
    form = ListingRequestForm(request.POST or None, user=user, initial={"title": request.GET.get("title", "")[:400]})
    if request.method == "POST" and form.is_valid():
        with RefusalsOn(form, note="まだ何も加えていません。"):
            if not lists:
                made = registration.request_listing(form.save(commit=False), by=user)
                messages.success(request, "依頼しました。DX推進本部が答えると、メールで知らせます。")
                return redirect("office:listing-request", token=made.token)
            procedure = registration.list_procedure(form.save(commit=False), by=user)
            messages.success(request, "台帳に加えました。住民のページにも出ます。")
            return redirect("office:procedure", number=procedure.number)
    context = {"form": form, "lists": lists}
    return render(request, "office/listing_requests/addition.html", context, status=422 if form.errors else 200)


@require_GET
def show(request: HttpRequest, token: str) -> HttpResponse:
    """Show one request, what in the inventory is like it, and its answer."""
    asked = _asked(request, token)
    context = {
        "asked": asked,
        "facts": [_fact(asked, name) for name in _FACTS],
        "like": duplicates.procedures_like(asked.title) if asked.status == ListingRequest.Status.WAITING else [],
        "can_settle": asked.can_settle(staff(request)),
    }
    return render(request, "office/listing_requests/show.html", context)


def _accepted(request: HttpRequest, token: str) -> str:
    """Return the page of the procedure that was listed, else of the request."""
    asked = ListingRequest.objects.select_related("procedure").get(token=token)
    if asked.procedure is None:
        return reverse("office:listing-request", args=[token])
    return reverse("office:procedure", args=[asked.procedure.number])


@action(_accepted)
def acceptance(request: HttpRequest, token: str) -> str:
    """List the procedure; it is public from now on."""
    by = staff(request, LIST_PROCEDURE)
    registration.list_procedure(_asked(request, token), by=by)
    return "台帳に加えました。住民のページにも出ます。"


@action("office:listing-request", "token")
def refusal(request: HttpRequest, token: str) -> str:
    """Answer that it is not listed, with the reason."""
    by = staff(request, LIST_PROCEDURE)
    registration.decline(_asked(request, token), request.POST.get("reason", ""), by=by)
    return "加えないと答えました。依頼した人に知らせます。"


def _asked(request: HttpRequest, token: str) -> ListingRequest:
    rows = ListingRequest.objects.visible_to(staff(request))
    return get_object_or_404(rows.select_related("department", "requested_by", "settled_by", "procedure"), token=token)


def _fact(asked: ListingRequest, name: str) -> SummaryListRow:
    said = getattr(asked, f"get_{name}_display", None)
    value = said() if said else getattr(asked, name)
    label = getattr(ListingRequest._meta.get_field(name), "verbose_name", name)
    return SummaryListRow(str(label), value or "未記入")
