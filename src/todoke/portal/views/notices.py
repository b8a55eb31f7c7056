"""お知らせの設定: the life events a resident consents to receive notices about."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from todoke.guidance.models import Consent, LifeEvent
from todoke.portal.access import signed_in


@require_GET
@login_required
def show(request: HttpRequest) -> HttpResponse:
    mine = Consent.objects.filter(user=signed_in(request), withdrawn_at__isnull=True)
    chosen = set(mine.values_list("event__code", flat=True))
    return render(request, "portal/notices/show.html", {"events": LifeEvent.objects.all(), "chosen": chosen})


@require_POST
@login_required
def choice(request: HttpRequest) -> HttpResponse:
    events = LifeEvent.objects.filter(code__in=request.POST.getlist("event"))
    Consent.set_events(events, by=signed_in(request))
    messages.success(request, _("お知らせの設定を保存しました。いつでも変えられます。"))
    return redirect("portal:notices")
