"""マイページ: a person's applications and drafts."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from todoke.cases.models import Case, Draft
from todoke.portal.access import signed_in
from todoke.portal.case_stages import plain_status

SHOWN = 100
RELATED = ("release__offer__procedure", "submission__version")
DOCUMENT = "submission__version__document"


@require_GET
@login_required
def show(request: HttpRequest) -> HttpResponse:
    user = signed_in(request)
    related = Case.objects.of(user).select_related(*RELATED, "charge")
    cases = related.defer(DOCUMENT).order_by("-received_at")[:SHOWN]
    drafts = Draft.objects.of(user).select_related(*RELATED).defer(DOCUMENT)
    standing = [(case, plain_status(case)) for case in cases]
    return render(request, "portal/mine/show.html", {"cases": standing, "drafts": drafts})
