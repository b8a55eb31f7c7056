"""デモの受信箱: the mails that a demo would have sent."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from todoke.notices.models import Message

SHOWN = 30


@require_GET
def show(request: HttpRequest) -> HttpResponse:
    """Show the newest mails, with codes and links; 404 unless this is a demo."""
    if not (settings.DEMO and settings.NOTICE_CHANNEL == "mailbox"):
        raise Http404
    return render(request, "portal/mailbox/show.html", {"mails": Message.objects.order_by("-pk")[:SHOWN]})
