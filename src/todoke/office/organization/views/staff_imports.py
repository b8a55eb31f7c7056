"""職員名簿の取込: read first, shown, then registered or given up."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from todoke.japanese.calendar import today
from todoke.office.organization.forms.staff import StaffFileForm
from todoke.personnel import staff_imports
from todoke.personnel.models import StaffImport
from todoke.personnel.permissions import REGISTER_STAFF
from todoke.personnel.staff_plan import StaffPlan
from todoke.personnel.staff_table import HEADS
from todoke.web.actions import RefusalsOn, action
from todoke.web.permission_check import staff

SHOWN = 200


@require_http_methods(["GET", "POST"])
def reading(request: HttpRequest) -> HttpResponse:
    """Take a table of staff, and show the earlier ones."""
    by = staff(request, REGISTER_STAFF)
    form = StaffFileForm(request.POST or None, request.FILES or None, initial={"on": today()})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        with RefusalsOn(form, "file"):
            made = staff_imports.read_import(
                given["file"].read(), given["file"].name, on=given["on"], ends_absent=given["ends_absent"], by=by
            )
            return redirect("office:staff-import", token=made.token)
    context = {"form": form, "imports": StaffImport.objects.select_related("started_by")[:20], "heads": HEADS}
    return render(request, "office/staff/reading.html", context, status=422 if form.errors else 200)


@require_GET
def show(request: HttpRequest, token: str) -> HttpResponse:
    """Show what an import would do now, or what it did."""
    staff(request, REGISTER_STAFF)
    what = get_object_or_404(StaffImport.objects.select_related("started_by"), token=token)
    context: dict[str, object] = {"what": what, "shown": SHOWN}
    if what.status == StaffImport.Status.CHECKED:
        found = staff_imports.check(what)
        context |= {"plan": found.plan, "defects": found.defects, "parts": _parts(found.plan)}
    return render(request, "office/staff/import.html", context)


def _parts(plan: StaffPlan) -> list[tuple[str, str, list[str]]]:
    """Return title, counter and lines of each kind of what is added or ends."""
    posts = [f"{row.department} {row.title}" for row in plan.new_posts.values()]
    people = [f"{row.name}({row.email})" for row in plan.new_people.values()]
    tenures = [f"{row.name} → {row.department} {row.title}" for row in plan.new_tenures]
    endings = [f"{tenure.user.name}({tenure.post})" for tenure, _ in plan.endings]
    return [
        ("新しい部署", "件", [f"{code} {row.department}" for code, row in plan.new_departments.items()]),
        ("新しい職位", "件", posts), ("新しい職員", "人", people), ("着任", "件", tenures), ("離任", "件", endings),
    ]  # fmt: skip


@action("office:staff-import", "token")
def writing(request: HttpRequest, token: str) -> str:
    by = staff(request, REGISTER_STAFF)
    what = get_object_or_404(StaffImport, token=token)
    done = staff_imports.write_import(what, digest=request.POST.get("digest", "")[:20], by=by)
    return f"{'、'.join(f'{kind}{count:,}件' for kind, count in done.items() if count)}を登録しました。"


@action("office:staff-imports")
def discard(request: HttpRequest, token: str) -> str | HttpResponse:
    by = staff(request, REGISTER_STAFF)
    if staff_imports.discard_import(get_object_or_404(StaffImport, token=token), by=by):
        return "取りやめました。何も登録していません。"
    messages.warning(request, "この取込は、もう終わっています。")
    return redirect("office:staff-imports")
