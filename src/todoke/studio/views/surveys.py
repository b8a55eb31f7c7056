"""窓口体験調査: experience surveys: steps, issues, and repetition."""

import mimetypes
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from todoke.accounts.models import User
from todoke.flows.models import ExperienceStep, ExperienceSurvey, Improvement
from todoke.flows.permissions import WALK_SURVEY
from todoke.lists.csv_xlsx_export import list_response
from todoke.lists.list_page import list_page
from todoke.lists.query import wanted_format
from todoke.procedures import flow_links
from todoke.procedures.models import Procedure
from todoke.studio.flow_lists import ImprovementList, SurveyList
from todoke.studio.forms.surveys import IssueForm, RepeatForm, StepForm, SurveyForm
from todoke.web.actions import action
from todoke.web.downloads import without_persons
from todoke.web.permission_check import staff

TOTALS = (
    ("steps", "したことの数"),
    ("minutes", "かかった時間(分)"),
    ("wait", "待った時間(分)"),
    ("name_writes", "氏名を書いた回数"),
    ("feeling", "気持ち(1〜5の平均)"),
)


def _index(request: HttpRequest, form: SurveyForm, status: int = 200) -> HttpResponse:
    user = staff(request)
    context = {"form": form, "walks": WALK_SURVEY.held_by(user), **SurveyList(user).page(request.GET).context()}
    return render(request, "studio/surveys/index.html", context, status=status)


@require_GET
def index(request: HttpRequest) -> HttpResponseBase:
    if wanted_format(request.GET):
        return list_response(SurveyList(staff(request)), request)
    return _index(request, SurveyForm(initial=request.GET.dict()))


@require_GET
def improvements(request: HttpRequest) -> HttpResponseBase:
    """Show what surveys found, the next due first."""
    return list_page(request, ImprovementList(staff(request)), "studio/surveys/improvements.html")


@require_POST
def addition(request: HttpRequest) -> HttpResponse:
    by = staff(request, WALK_SURVEY)
    form = SurveyForm(request.POST)
    if form.is_valid():
        given = {name: form.cleaned_data[name] for name in ("title", "scenario", "walked_on")}
        survey = ExperienceSurvey.begin(**given, persona=form.who(), by=by)
        if procedure := Procedure.objects.filter(number=form.cleaned_data["procedure"]).first():
            flow_links.link_survey(survey, procedure, by=by)
        return redirect("studio:survey", survey.number)
    return _index(request, form, 422)


def _survey(number: str) -> ExperienceSurvey:
    return get_object_or_404(ExperienceSurvey.objects.select_related("persona", "before", "flow"), number=number)


def _page(survey: ExperienceSurvey, user: User, **more: Any) -> dict[str, Any]:
    now, old = survey.totals(), survey.before.totals() if survey.before else None
    steps = survey.steps.prefetch_related("improvements__owner__department")
    totals = [(term, round(now[key], 1), round(old[key], 1) if old else None) for key, term in TOTALS]
    forms = {"form": StepForm(), "issue": IssueForm(), "repeat": RepeatForm()}
    open_issues = Improvement.objects.settled_by(user).filter(step__survey=survey, status=Improvement.Status.OPEN)
    about = {"survey": survey, "procedure": flow_links.procedure_of_survey(survey)}
    may = {"walks": WALK_SURVEY.held_by(user), "to_settle": set(open_issues.values_list("pk", flat=True))}
    return {**about, **may, "steps": steps, "totals": totals, **forms, **more}


@require_GET
def show(request: HttpRequest, number: str) -> HttpResponse:
    return render(request, "studio/surveys/show.html", _page(_survey(number), staff(request)))


@require_POST
def step(request: HttpRequest, number: str) -> HttpResponse:
    by = staff(request, WALK_SURVEY)
    survey, form = _survey(number), StepForm(request.POST, request.FILES)
    if form.is_valid():
        survey.note_step(by=by, **form.cleaned_data)
        return redirect("studio:survey", number)
    return render(request, "studio/surveys/show.html", _page(survey, by, form=form), status=422)


@require_POST
def repeat(request: HttpRequest, number: str) -> HttpResponse:
    by = staff(request, WALK_SURVEY)
    survey, form = _survey(number), RepeatForm(request.POST)
    if ExperienceSurvey.objects.filter(before=survey).exists():
        messages.error(request, "この調査の再調査はもうあります。再調査のページから続けてください。")
        return redirect("studio:survey", number)
    if form.is_valid():
        again = survey.repeat(walked_on=form.cleaned_data["walked_on"], by=by)
        return redirect("studio:survey", again.number)
    return render(request, "studio/surveys/show.html", _page(survey, by, repeat=form), status=422)


@require_POST
def issue(request: HttpRequest, number: str, place: int) -> HttpResponse:
    by = staff(request, WALK_SURVEY)
    found = get_object_or_404(ExperienceStep, survey__number=number, place=place)
    form = IssueForm(request.POST)
    if form.is_valid():
        given = form.cleaned_data
        found.raise_issue(given["text"], owner=given["owner"], due=given["due"], by=by)
        messages.success(request, f"課題にしました。担当は{given['owner']}です。")
        return redirect("studio:survey", number)
    return render(request, "studio/surveys/show.html", _page(found.survey, by, issue=form), status=422)


@action("studio:survey", "number")
def settlement(request: HttpRequest, number: str, issue: str) -> str:
    by = staff(request)
    found = Improvement.objects.settled_by(by)
    improvement = get_object_or_404(found, number=issue, step__survey__number=number)
    improvement.settle(request.POST.get("result", "")[:300], by=by)
    return "済みにしました。"


@require_GET
def photo(request: HttpRequest, number: str, place: int) -> HttpResponseBase:
    found = get_object_or_404(ExperienceStep, survey__number=number, place=place)
    if not found.photo:
        raise Http404
    kind = mimetypes.guess_type(str(found.photo.name))[0] or "application/octet-stream"
    return without_persons(found.photo.open("rb"), f"{number}-{place}", media_type=kind, inline=True)
