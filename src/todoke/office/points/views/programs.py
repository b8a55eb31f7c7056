"""ポイント事業: drafts, publication, the list of people, and grants at the counter."""

from django.contrib import messages
from django.db.models import Count, Sum
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from todoke.lists.csv_xlsx_export import list_response
from todoke.lists.query import wanted_format
from todoke.office.points.access import program_of, staff_of_points
from todoke.office.points.forms.programs import (
    BlockForm,
    CancellationForm,
    ExclusionForm,
    GrantForm,
    LetterForm,
    PeopleForm,
    ProgramForm,
    ReplacementForm,
)
from todoke.office.points.point_grant_list import PointGrantList
from todoke.office.points.point_program_list import PointProgramList
from todoke.organization.permissions import departments_of
from todoke.points.models import EligibleImport, Merchant, PointGrant, PointProgram
from todoke.points.permissions import PUBLISH_POINTS
from todoke.points.program_close import close_program
from todoke.web.actions import RefusalsOn, action
from todoke.web.export_reason import asks_reason
from todoke.web.permission_check import staff


def _listed(request: HttpRequest, form: ProgramForm, status: int = 200) -> HttpResponse:
    context = {"form": form, **PointProgramList(staff_of_points(request)).page(request.GET).context()}
    return render(request, "office/points/index.html", context, status=status)


@require_GET
def index(request: HttpRequest) -> HttpResponseBase:
    """Show every programme with its holders and remaining points."""
    user = staff_of_points(request)
    if wanted_format(request.GET):
        return list_response(PointProgramList(user), request)
    return _listed(request, ProgramForm())


@require_POST
def add(request: HttpRequest) -> HttpResponse:
    """Draft a programme of the person's section."""
    user, form = staff_of_points(request), ProgramForm(request.POST)
    if not form.is_valid():
        return _listed(request, form, status=422)
    program = form.save(commit=False)
    program.draft(department=departments_of(user)[0], by=user)
    messages.success(request, f"「{program.title}」の案を作りました。対象者を加え、課長が公開すると付与できます。")
    return redirect("office:points-program", code=program.code)


def _categories(program: PointProgram) -> list[str]:
    return list(program.excluded.values_list("category", flat=True))


def _excluded(program: PointProgram) -> str:
    return "、".join(str(Merchant.Category(category).label) for category in _categories(program))


def _program(
    request: HttpRequest, code: str, form: GrantForm, status: int = 200, people: PeopleForm | None = None
) -> HttpResponseBase:
    user = staff(request)
    rows = PointGrantList.at(user, {"code": code})
    if wanted_format(request.GET):
        return list_response(rows, request)
    grants = rows.program.grants.filter(cancelled_at=None)
    context = {
        "program": rows.program, "form": form, "people_form": people or PeopleForm(),
        "totals": grants.aggregate(people=Count("pk"), granted=Sum("points"), left=Sum("left")),
        "imports": rows.program.imports.going_on(),
        "letter_form": LetterForm(auto_id="letter_%s"), "excluded": _excluded(rows.program),
        "exclusion_form": ExclusionForm(initial={"categories": list(_categories(rows.program))}),
        "eligible": rows.program.eligible.count(), "may_publish": PUBLISH_POINTS.held_by(user, rows.program.department),
    }  # fmt: skip
    return render(request, "office/points/program.html", context | rows.page(request.GET).context(), status=status)


@asks_reason
def show(request: HttpRequest, code: str) -> HttpResponseBase:
    """Show the grants of one programme."""
    return _program(request, code, GrantForm())


@action("office:points-program", "code")
def publication(request: HttpRequest, code: str) -> str:
    program = program_of(request, code)
    program.publish(by=staff(request, PUBLISH_POINTS, program.department))
    return "公開しました。付与の初日から付与できます。"


@action("office:points-program", "code")
def end(request: HttpRequest, code: str) -> str:
    program = program_of(request, code)
    close_program(program, by=staff(request, PUBLISH_POINTS, program.department))
    return "事業を終えました。数値はこのまま残ります。"


@require_POST
def people(request: HttpRequest, code: str) -> HttpResponseBase:
    """Take people into the list; a refusal takes nobody."""
    program, form = program_of(request, code), PeopleForm(request.POST, request.FILES)
    if form.is_valid():
        with RefusalsOn(form, note="一人も加えていません。"):
            made = EligibleImport.begin(program, form.people(), by=staff(request))
            said = f"対象者を{made.added:,}人加えました。もう入っている人は変わりません。"
            going = f"{made.total:,}行の取込みを始めました。このページを開き直すと、どこまで進んだかが分かります。"
            messages.success(request, said if made.finished_at else going)
            return redirect("office:points-program", code=code)
    return _program(request, code, GrantForm(), status=422, people=form)


@require_POST
def grant(request: HttpRequest, code: str) -> HttpResponseBase:
    """Grant the points once to a person of the list; a refusal keeps what was typed."""
    program, form = program_of(request, code), GrantForm(request.POST)
    if form.is_valid():
        with RefusalsOn(form, note="何も付与していません。"):
            person = program.eligible.of_number(form.cleaned_data["resident"])
            given = PointGrant.claim(person, way=form.cleaned_data["way"], user=form.user, by=staff(request))
            messages.success(request, f"{given.points:,}ポイントを付与しました。次に、カードを渡すかを選びます。")
            return redirect("office:points-grant-page", code=code, number=given.number)
    return _program(request, code, form, status=422)


def grant_of(request: HttpRequest, code: str, number: str) -> PointGrant:
    """Return a grant of a programme that the person sees. Raises Http404."""
    grants = PointGrant.objects.select_related("program__department", "user", "holder__user", "eligible")
    return get_object_or_404(grants, program=program_of(request, code), number=number)


def _grant_page(
    request: HttpRequest, code: str, number: str, form: CancellationForm, status: int = 200
) -> HttpResponse:
    found = grant_of(request, code, number)
    [(_, moves)] = PointGrant.journals_of([found])
    card = found.holder.cards.filter(ended_at=None).first() if found.holder else None
    context = {
        "grant": found, "moves": moves, "form": form, "card": card,
        "replacement_form": ReplacementForm(auto_id="replacement_%s"), "block_form": BlockForm(auto_id="block_%s"),
    }  # fmt: skip
    return render(request, "office/points/grant.html", context, status=status)


@require_GET
def grant_page(request: HttpRequest, code: str, number: str) -> HttpResponse:
    """Show one grant with the card of the person, what happened to the points, and let it be taken back."""
    return _grant_page(request, code, number, CancellationForm())


@require_POST
def cancellation(request: HttpRequest, code: str, number: str) -> HttpResponse:
    """Take an unused grant back; a refusal keeps the reason typed."""
    found, form = grant_of(request, code, number), CancellationForm(request.POST)
    if form.is_valid():
        with RefusalsOn(form):
            found.cancel(by=staff(request), **form.cleaned_data)
            messages.success(request, f"付与番号 {number} を取り消しました。あらためて付与できます。")
            return redirect("office:points-program", code=code)
    return _grant_page(request, code, number, form, status=422)
