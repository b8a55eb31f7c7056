"""検証: from a question to a plan that is fixed, a result, and what a meeting decided of it."""

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from todoke.board.access import UNCHANGED
from todoke.board.evidence.forms import studies as forms
from todoke.board.evidence.study_list import StudyList
from todoke.insights.models import Study, StudyConclusion, StudyPlan, StudyResult
from todoke.insights.permissions import ASK_STUDY, RUN_STUDIES
from todoke.lists.list_page import list_page
from todoke.web.actions import RefusalsOn, action, cleaned
from todoke.web.permission_check import staff


def _of(request: HttpRequest, number: str) -> Study:
    rows = Study.objects.visible_to(staff(request)).select_related("department", "owner", "measure", "indicator")
    return get_object_or_404(rows, number=number)


@require_GET
def index(request: HttpRequest) -> HttpResponseBase:
    """Show the studies, newest first."""
    user = staff(request)
    return list_page(request, StudyList(user), "board/studies/index.html", {"form": forms.AskForm(user=user)})


@action("board:studies", note=UNCHANGED)
def registration(request: HttpRequest) -> str | HttpResponse:
    """Begin a study with a question."""
    user = staff(request)
    given = cleaned(forms.AskForm(request.POST, user=user))
    staff(request, ASK_STUDY, given["department"])
    return redirect("board:study-correction", number=Study.ask(by=user, **given).number)


@require_GET
def show(request: HttpRequest, number: str) -> HttpResponse:
    """Show one study: hypothesis, plan with its versions, results, conclusion, and the next step."""
    user, study = staff(request), _of(request, number)
    results = list(study.results.select_related("plan").order_by("-run"))
    plans = list(study.plans.select_related("registered_by"))
    page = {
        "study": study, "plans": plans, "late_plans": [each for each in plans if each.changed_after_opening],
        "results": results, "newest": results[0] if results else None, "item": study.agenda_item,
        "conclusion": StudyConclusion.objects.filter(study=study).select_related("decision", "commitment").first(),
        "can_edit": study.can_edit(user), "can_run": RUN_STUDIES.held_by(user), "fixed": study.status in Study.FIXED,
        "return_form": forms.ReturnForm(auto_id="return_%s"), "calculation_form": forms.CalculationForm(),
        "agenda_form": forms.StudyAgendaForm(auto_id="agenda_%s"), "conclusion_form": forms.ConclusionForm(),
    }  # fmt: skip
    return render(request, "board/studies/show.html", page)


@require_http_methods(["GET", "POST"])
def correction(request: HttpRequest, number: str) -> HttpResponse:
    """Write the draft of a study, with what is still missing."""
    study = _of(request, number)
    user = staff(request, ASK_STUDY, study.department)
    form = forms.StudyForm(request.POST or None, instance=study)
    if request.method == "POST" and form.is_valid():
        with RefusalsOn(form, note=UNCHANGED):
            Study.objects.get(pk=study.pk).write(by=user, **form.values())
            return redirect("board:study", number=number)
    page = {"study": study, "form": form}
    return render(request, "board/studies/correction.html", page, status=422 if form.errors else 200)


@action("board:study", "number", note=UNCHANGED)
def submission(request: HttpRequest, number: str) -> str:
    """Hand in a study that is whole."""
    study = _of(request, number)
    study.submit(by=staff(request, ASK_STUDY, study.department))
    return "検証を申し込みました。データ担当が、実施できるかを確かめます。"


@action("board:study", "number", note=UNCHANGED)
def acceptance(request: HttpRequest, number: str) -> str:
    """Find a study feasible."""
    user = staff(request, RUN_STUDIES)
    _of(request, number).accept(by=user)
    return "実施できる検証として引き受けました。次は計画の確定です。"


@action("board:study", "number", note=UNCHANGED)
def giving_back(request: HttpRequest, number: str) -> str:
    """Give a study back with a reason."""
    user = staff(request, RUN_STUDIES)
    _of(request, number).send_back(by=user, **cleaned(forms.ReturnForm(request.POST)))
    return "理由をつけて差し戻しました。"


@action("board:study", "number", note=UNCHANGED)
def plan(request: HttpRequest, number: str) -> str:
    """Fix the plan."""
    user = staff(request, RUN_STUDIES)
    StudyPlan.register(_of(request, number), by=user)
    return "計画を確定しました。これから先の変更は、理由とともに残ります。"


@require_http_methods(["GET", "POST"])
def plan_change(request: HttpRequest, number: str) -> HttpResponse:
    """Fix a later version of the plan with its reason."""
    user, study = staff(request, RUN_STUDIES), _of(request, number)
    form = forms.PlanChangeForm(request.POST or None, instance=study)
    if request.method == "POST" and form.is_valid():
        with RefusalsOn(form, note=UNCHANGED):
            fresh, reason = Study.objects.get(pk=study.pk), form.cleaned_data["reason"]
            StudyPlan.change(fresh, reason=reason, by=user, **form.values())
            return redirect("board:study", number=number)
    page = {"study": study, "form": form}
    return render(request, "board/studies/plan_change.html", page, status=422 if form.errors else 200)


@action("board:study", "number", note=UNCHANGED)
def calculation(request: HttpRequest, number: str) -> str:
    """Open the data and calculate under the fixed plan."""
    user, study = staff(request, RUN_STUDIES), _of(request, number)
    file = cleaned(forms.CalculationForm(request.POST, request.FILES))["file"]
    made = StudyResult.calculate(study, file.read(), file.name, by=user)
    return f"この計画での{made.run}回目の計算をしました。"


@action("board:study", "number", note=UNCHANGED)
def agenda(request: HttpRequest, number: str) -> str:
    """Put the result on the agenda of a meeting."""
    user = staff(request, RUN_STUDIES)
    _of(request, number).bring_to(by=user, **cleaned(forms.StudyAgendaForm(request.POST)))
    return "結果を会議の議題に入れました。"


@action("board:study", "number", note=UNCHANGED)
def conclusion(request: HttpRequest, number: str) -> str:
    """Record what was decided."""
    user = staff(request, RUN_STUDIES)
    StudyConclusion.conclude(_of(request, number), by=user, **cleaned(forms.ConclusionForm(request.POST)))
    return "結論を記録しました。宿題は、次の会議の議題に入っています。"
