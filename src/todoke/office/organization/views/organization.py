"""部署・職位: departments, posts and tenures, edited by the administrator."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from todoke.approvals import appointments
from todoke.approvals.permissions import APPOINT
from todoke.federation.permissions import ISSUE_FACTOR_ENROLMENT
from todoke.office.organization.forms.organization import ContactForm, DepartmentForm, LeavingForm, PostForm, TenureForm
from todoke.organization.models import Department, Post, Tenure
from todoke.web.actions import action, cleaned
from todoke.web.permission_check import staff


@require_GET
def index(request: HttpRequest) -> HttpResponse:
    rows = Department.objects.select_related("parent").prefetch_related("posts")
    context = {"departments": rows, "form": DepartmentForm(), "may_staff": appointments.can_appoint(staff(request))}
    return render(request, "office/organization/index.html", context)


@action("office:organization")
def registration(request: HttpRequest) -> str:
    by = staff(request, APPOINT)
    appointments.create_department(by=by, **cleaned(DepartmentForm(request.POST)))
    return "部署を登録しました。"


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
        "contact_form": ContactForm(instance=department),
        "may_staff": appointments.can_appoint(staff(request)),
        "may_enrol": ISSUE_FACTOR_ENROLMENT.held_by(staff(request)),
    }  # fmt: skip
    return render(request, "office/organization/show.html", context)


@action("office:department", "code")
def contact(request: HttpRequest, code: str) -> str:
    by, department = staff(request, APPOINT), get_object_or_404(Department, code=code)
    appointments.change_contact(department, by=by, **cleaned(ContactForm(request.POST)))
    return "窓口の案内を直しました。この部署の手続のページに、すぐに出ます。"


@action("office:department", "code")
def post(request: HttpRequest, code: str) -> str:
    by, department = staff(request, APPOINT), get_object_or_404(Department, code=code)
    appointments.create_post(department=department, by=by, **cleaned(PostForm(request.POST)))
    return "職位を登録しました。"


def _post(code: str, title: str) -> Post:
    return get_object_or_404(Post, department__code=code, title=title)


@action("office:department", "code")
def appointment(request: HttpRequest, code: str, title: str) -> str:
    by, found, given = staff(request, APPOINT), _post(code, title), cleaned(TenureForm(request.POST))
    days = {"starts_on": given["starts_on"], "ends_on": given["ends_on"]}
    appointments.appoint(post=found, user=given["email"], by=by, **days)
    return "着任を登録しました。着任日から、この職位の仕事ができます。"


@action("office:department", "code")
def leaving(request: HttpRequest, code: str, title: str) -> str:
    by, given = staff(request, APPOINT), cleaned(LeavingForm(request.POST))
    held = Tenure.objects.filter(post=_post(code, title), user__email__iexact=given["email"])
    tenure = get_object_or_404(held, starts_on=given["starts_on"])
    appointments.end_tenure(tenure, ends_on=given["ends_on"], by=by)
    return "離任を登録しました。担当している案件は「引継ぎ」で渡します。"
