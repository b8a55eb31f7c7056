"""ポイントの残高: a person's points, their source and expiry."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from todoke.japanese.calendar import today
from todoke.payments.models import PointGrant
from todoke.portal.access import signed_in


@require_GET
@login_required
def show(request: HttpRequest) -> HttpResponse:
    """Show the points of the signed-in person."""
    grants = list(PointGrant.objects.filter(user=signed_in(request)).select_related("program"))
    usable = sum(grant.left for grant in grants if grant.expires_on >= today())
    context = {"grants": grants, "usable": usable, "moves": PointGrant.journals_of(grants[:20])}
    return render(request, "portal/points/show.html", context)
