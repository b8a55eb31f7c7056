"""試し申請: filling in a draft as residents do, without submitting."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from todoke.formbuilder.answers.journey import Journey
from todoke.formbuilder.answers.page_form import form_for
from todoke.formbuilder.document.structure import FormPage
from todoke.studio import trial_session
from todoke.studio.access import get_draft


def _shown(journey: Journey, page_id: str) -> FormPage:
    for page in journey.pages():
        if page.id == page_id:
            return page
    raise Http404


@require_GET
def show(request: HttpRequest, code: str) -> HttpResponse:
    draft = get_draft(code)
    journey = trial_session.journey_of(request, draft)
    context = {"draft": draft, "journey": journey, "papers": journey.papers(), "problems": journey.problems()}
    return render(request, "studio/trials/show.html", context)


@require_GET
def page(request: HttpRequest, code: str, page_id: str) -> HttpResponse:
    draft = get_draft(code)
    journey = trial_session.journey_of(request, draft)
    shown = _shown(journey, page_id)
    extra = {request.GET["add"]: 1} if "add" in request.GET else None
    problems = journey.problems(shown) if "check" in request.GET else ()
    form = form_for(shown, journey, problems=problems, extra=extra)
    return render(request, "studio/trials/page.html", {"draft": draft, "page": shown, "form": form, "journey": journey})


@require_POST
def answers(request: HttpRequest, code: str, page_id: str) -> HttpResponse:
    draft = get_draft(code)
    page = _shown(trial_session.journey_of(request, draft), page_id)
    journey = trial_session.with_page_answers(request, draft, page)
    here = reverse("studio:trial-page", args=[code, page_id])
    if "add_row" in request.POST:
        return redirect(f"{here}?add={request.POST['add_row']}")
    if "remove_row" in request.POST:
        return redirect(here)
    if any(not problem.warning for problem in journey.problems(page)):
        return redirect(f"{here}?check=1")
    following = journey.next_page(page_id)
    return redirect("studio:trial-page", code, following.id) if following else redirect("studio:trial", code)


@require_POST
def samples(request: HttpRequest, code: str) -> HttpResponse:
    draft = get_draft(code)
    trial_session.save_answers(request, draft, trial_session.complete_answers(draft.parsed))
    return redirect("studio:trial", code)


@require_POST
def end(request: HttpRequest, code: str) -> HttpResponse:
    draft = get_draft(code)
    trial_session.delete_answers(request, draft)
    return redirect("studio:form", code)
