"""やりとり: messages between applicant and office about a case."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from todoke.cases import messages
from todoke.portal.access import actor_of, open_case, redirect_to_access_code


@require_POST
@redirect_to_access_code
def message(request: HttpRequest, number: str) -> HttpResponse:
    case = open_case(request, number)
    messages.write_to_office(case, request.POST.get("text", "")[:2000], by=actor_of(request))
    return redirect("portal:case", number)
