"""代理: applying for somebody else; the authority is recorded before the first answer."""

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_GET

from todoke.cases import intake
from todoke.cases.representation import record_representation
from todoke.cases.required_level import require_level_to_begin
from todoke.guidance.service_summary import ServiceSummary
from todoke.portal import draft_cookie
from todoke.portal.access import actor_of, session_of
from todoke.portal.forms.agent import AgentForm
from todoke.portal.views.application import offered_service


@require_GET
def show(request: HttpRequest, number: str) -> HttpResponse:
    return _asked(request, offered_service(number), AgentForm())


def _asked(request: HttpRequest, offering: ServiceSummary, form: AgentForm) -> HttpResponse:
    context = {"offering": offering, "procedure": offering.release.offer.procedure, "form": form}
    return render(request, "portal/agent/show.html", context)


def begin(request: HttpRequest, number: str) -> HttpResponse:
    offering = offered_service(number)
    release = offering.release
    form = AgentForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return _asked(request, offering, form)
    language, session = get_language() or "ja", session_of(request)
    require_level_to_begin(release, by=actor_of(request), session=session, back=reverse("portal:agent", args=[number]))
    said = {name: form.cleaned_data[name] for name in ("kind", "name", "relation", "phone", "authority")}
    with transaction.atomic():
        draft = intake.begin(release, by=actor_of(request), language=language, session=session)
        record_representation(draft, by=actor_of(request), **said)
    response = redirect("portal:application", draft.submission.token)
    draft_cookie.add_draft(request, response, draft.submission.token)
    return response
