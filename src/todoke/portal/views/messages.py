"""やりとり: messages between applicant and office about a case."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from todoke.cases import messages
from todoke.portal.access import actor_of, open_case, redirect_to_access_code
from todoke.runtime.refusals import Refused


@require_POST
@redirect_to_access_code
def message(request: HttpRequest, number: str) -> HttpResponse:
    case = open_case(request, number)
    try:
        messages.write_to_office(case, request.POST.get("text", "")[:2000], by=actor_of(request))
    except Refused as refusal:
        return render(request, "portal/refusal.html", {"refusal": refusal}, status=409)
    return redirect("portal:case", number)
