"""認証の手段の登録票: issued by an administrator to a colleague who stands before them."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from todoke.federation.models import FactorEnrolment
from todoke.federation.permissions import ISSUE_FACTOR_ENROLMENT
from todoke.office.organization.forms.organization import EnrolmentForm
from todoke.organization.models import Tenure, TenureQuerySet
from todoke.web.actions import action, cleaned
from todoke.web.permission_check import staff
from todoke.web.recent_factor import requires_recent_factor


@require_GET
def show(request: HttpRequest, code: str, title: str) -> HttpResponse:
    """Ask for the reason and how the person was identified, for each who holds the post."""
    held = _held(code, title).exclude(user=staff(request, ISSUE_FACTOR_ENROLMENT))
    people = [
        (tenure.user, EnrolmentForm(initial={"email": tenure.user.email}, auto_id=f"p{place}_%s"))
        for place, tenure in enumerate(held)
    ]
    return render(request, "office/organization/enrolment.html", {"people": people, "code": code, "title": title})


@requires_recent_factor
@action("office:factor-enrolment", "code", "title")
def slip(request: HttpRequest, code: str, title: str) -> HttpResponse:
    """Issue an enrolment and show its code, once."""
    by, given = staff(request, ISSUE_FACTOR_ENROLMENT), cleaned(EnrolmentForm(request.POST))
    user = get_object_or_404(_held(code, title), user__email__iexact=given.pop("email")).user
    enrolment, number = FactorEnrolment.issue(user, by=by, **given)
    context = {"enrolment": enrolment, "number": f"{number[:5]} {number[5:]}", "code": code}
    return render(request, "office/organization/enrolment_slip.html", context)


def _held(code: str, title: str) -> TenureQuerySet:
    """Return who holds a post today."""
    return Tenure.objects.current().filter(post__department__code=code, post__title=title).select_related("user")
