"""ポイントの残高: a person's points, a code for the shop, and the claim by the code of a letter."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from todoke.accounts.models import User
from todoke.accounts.rate_limits import RateLimit, TooOften, hit
from todoke.japanese.calendar import today
from todoke.points.models import EligiblePerson, PaymentCode, PointGrant
from todoke.portal.access import client_address, signed_in
from todoke.portal.points.forms.points import ClaimForm
from todoke.runtime.refusals import Refused
from todoke.web.actions import RefusalsOn

TRIES = RateLimit("claim codes of letters", 20, 3600)


def _page(request: HttpRequest, user: User, form: ClaimForm, status: int = 200) -> HttpResponse:
    grants = list(PointGrant.objects.filter(user=user, cancelled_at=None).select_related("program"))
    usable = sum(grant.left for grant in grants if grant.expires_on >= today())
    context = {"grants": grants, "usable": usable, "moves": PointGrant.journals_of(grants[:20]), "form": form}
    return render(request, "portal/points/show.html", context, status=status)


@require_GET
@login_required
def show(request: HttpRequest) -> HttpResponse:
    """Show the points of the signed-in person."""
    return _page(request, signed_in(request), ClaimForm())


@require_POST
@login_required
def claim(request: HttpRequest) -> HttpResponse:
    """Grant the points of a letter to the account. Refused and TooOften are said on the form."""
    user, form = signed_in(request), ClaimForm(request.POST)
    if form.is_valid():
        with RefusalsOn(form, "code"):
            if not hit(TRIES, client_address(request)):
                raise TooOften
            if (person := EligiblePerson.of_claim_code(form.cleaned_data["code"])) is None:
                raise Refused(_("この番号は見つかりません。手紙の番号を確かめてください。窓口でも受け取れます。"))
            PointGrant.claim(person, way=EligiblePerson.Way.LETTER, user=user, by=user)
            messages.success(request, _("ポイントを受け取りました。"))
            return redirect("portal:points")
    return _page(request, user, form, status=422)


@require_POST
@login_required
def code(request: HttpRequest) -> HttpResponse:
    """Show a payment code, good once and for a minute. Raises Refused without points."""
    holder = getattr(signed_in(request), "point_holder", None)
    if holder is None:
        raise Refused(_("使えるポイントがありません。窓口でご相談ください。"))
    return render(request, "portal/points/code.html", {"code": PaymentCode.issue(holder), "usable": holder.usable})
