"""LINEからの知らせ: what LINE tells, checked by its signature from the raw body; off until the municipality decided."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from todoke.guidance import line_replies
from todoke.notices.line.channel_events import HEADER, Forged
from todoke.notices.models import ChannelSwitch


@csrf_exempt
@require_POST
def webhook(request: HttpRequest) -> HttpResponse:
    """Take each event once; a forged body changes nothing, and while the channel is off there is no such page."""
    if not settings.LINE_SECRET or ChannelSwitch.current() is None:
        return HttpResponse(status=404)
    try:
        line_replies.receive(request.body, request.headers.get(HEADER, ""))
    except Forged:
        return HttpResponse(status=400)
    return HttpResponse(status=200)
