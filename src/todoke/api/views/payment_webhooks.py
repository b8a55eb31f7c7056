"""Payment webhooks 決済通知: what payment providers send; the signature is checked by the provider's own module."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from todoke.payments import collection
from todoke.payments.providers.interface import InvalidSignature, ProviderDown, UnrelatedEvent
from todoke.payments.providers.registry import PROVIDERS, provider


@csrf_exempt
@require_POST
def webhook(request: HttpRequest, name: str) -> HttpResponse:
    """Handle a provider's webhook from its raw body; one with a bad signature changes nothing."""
    if name not in PROVIDERS:
        return HttpResponse(status=404)
    try:
        collection.handle_event(provider(name).parse_webhook(request.body, request.headers))
    except InvalidSignature:
        return HttpResponse(status=400)
    except UnrelatedEvent:
        return HttpResponse(status=204)
    except ProviderDown:
        return HttpResponse(status=503)
    return HttpResponse(status=204)
