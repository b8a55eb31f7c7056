"""デモの受信箱: a demo sends nothing out of the house, so this page shows what would have been mailed."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from todoke.notices.models import Message

SHOWN = 30


@require_GET
def show(request: HttpRequest) -> HttpResponse:
    """The newest mails to anybody, codes and links included; an installation that is no demo has no such page."""
    if not (settings.DEMO and settings.NOTICE_CHANNEL == "mailbox"):
        raise Http404
    return render(request, "portal/mailbox/show.html", {"mails": Message.objects.order_by("-pk")[:SHOWN]})
