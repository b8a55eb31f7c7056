"""所管の決定: procedures that a department said are another's, and those of no department."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.html import format_html_join
from django.views.decorators.http import require_GET

from todoke.lists.list_page import list_page
from todoke.office.inventory.unsettled_list import UnsettledList
from todoke.organization.models import Department
from todoke.procedures.models import Procedure
from todoke.rounds import transfers
from todoke.rounds.permissions import TRANSFER_PROCEDURE
from todoke.runtime.refusals import Unreadable
from todoke.web.actions import action
from todoke.web.permission_check import staff


@require_GET
def show_list(request: HttpRequest) -> HttpResponseBase:
    """Show what waits for a department, with the act for headquarters, whose choice is the same in every row."""
    user = staff(request)
    departments = Department.objects.values_list("code", "name")
    choice = format_html_join("", '<option value="{}">{}</option>', departments)
    context = {"choice": choice, "can_transfer": TRANSFER_PROCEDURE.held_by(user)}
    return list_page(request, UnsettledList(user), "office/unsettled/list.html", context)


@action("office:unsettled")
def transfer(request: HttpRequest, number: str) -> str:
    """Set the department. Raises Unreadable where none is chosen."""
    by = staff(request, TRANSFER_PROCEDURE)
    chosen = Department.objects.filter(code=request.POST.get("department", "")).first()
    if chosen is None:
        raise Unreadable("移す先の部署を選んでください。")
    procedure = _procedure(number)
    transfers.transfer(procedure, chosen, by=by)
    return f"「{procedure.title}」の所管を{chosen.name}にしました。"


@action("office:unsettled")
def keeping(request: HttpRequest, number: str) -> str:
    """Leave it with its department, which answers again."""
    by, procedure = staff(request, TRANSFER_PROCEDURE), _procedure(number)
    transfers.keep(procedure, request.POST.get("reason", "")[:200], by=by)
    return f"「{procedure.title}」は{procedure.department}のままにしました。もう一度回答してもらいます。"


def _procedure(number: str) -> Procedure:
    return get_object_or_404(Procedure.objects.current().select_related("department"), number=number)
