"""部署・職位: departments, posts and tenures, edited by the administrator."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from todoke.approvals import appointments
from todoke.office.casework.views.cases import me
from todoke.office.organization.forms.organization import DepartmentForm, LeavingForm, PostForm, TenureForm
from todoke.office.refusal_messages import act, send_back
from todoke.organization.models import Department, Post, Tenure


def _page(code: str) -> str:
    return reverse("office:department", args=[code])


@require_GET
def index(request: HttpRequest) -> HttpResponse:
    rows = Department.objects.select_related("parent").prefetch_related("posts")
    context = {"departments": rows, "form": DepartmentForm(), "may_staff": appointments.can_appoint(me(request))}
    return render(request, "office/organization/index.html", context)


@require_POST
def registration(request: HttpRequest) -> HttpResponse:
    form, then = DepartmentForm(request.POST), reverse("office:organization")
    if not form.is_valid():
        return send_back(request, form, then)
    deed = form.cleaned_data
    return act(
        request, lambda: appointments.create_department(by=me(request), **deed), done="部署を登録しました。", then=then
    )


@require_GET
def show(request: HttpRequest, code: str) -> HttpResponse:
    department = get_object_or_404(Department.objects.select_related("parent"), code=code)
    posts = department.posts.order_by("pk")
    tenures = Tenure.objects.filter(post__department=department).select_related("user").order_by("-starts_on", "pk")
    rows = [
        (post, [held for held in tenures if held.post_id == post.pk], TenureForm(auto_id=f"t{place}_%s"))
        for place, post in enumerate(posts)
    ]
    context = {
        "department": department, "rows": rows, "current": set(tenures.current()), "post_form": PostForm(),
        "may_staff": appointments.can_appoint(me(request)),
    }  # fmt: skip
    return render(request, "office/organization/show.html", context)


@require_POST
def post(request: HttpRequest, code: str) -> HttpResponse:
    department, form = get_object_or_404(Department, code=code), PostForm(request.POST)
    if not form.is_valid():
        return send_back(request, form, _page(code))
    given = form.cleaned_data
    deed = appointments.create_post
    return act(
        request, lambda: deed(department=department, by=me(request), **given), done="職位を登録しました。",
        then=_page(code),
    )  # fmt: skip


def _post(code: str, title: str) -> Post:
    return get_object_or_404(Post, department__code=code, title=title)


@require_POST
def appointment(request: HttpRequest, code: str, title: str) -> HttpResponse:
    found, form = _post(code, title), TenureForm(request.POST)
    if not form.is_valid():
        return send_back(request, form, _page(code))
    given = form.cleaned_data
    days = {"starts_on": given["starts_on"], "ends_on": given["ends_on"]}
    return act(
        request, lambda: appointments.appoint(post=found, user=given["email"], by=me(request), **days),
        done="着任を登録しました。着任日から、この職位の仕事ができます。", then=_page(code),
    )  # fmt: skip


@require_POST
def leaving(request: HttpRequest, code: str, title: str) -> HttpResponse:
    form = LeavingForm(request.POST)
    if not form.is_valid():
        return send_back(request, form, _page(code))
    given = form.cleaned_data
    held = Tenure.objects.filter(post=_post(code, title), user__email__iexact=given["email"])
    tenure = get_object_or_404(held, starts_on=given["starts_on"])
    return act(
        request, lambda: appointments.end_tenure(tenure, ends_on=given["ends_on"], by=me(request)),
        done="離任を登録しました。担当している案件は「引継ぎ」で渡します。", then=_page(code),
    )  # fmt: skip
