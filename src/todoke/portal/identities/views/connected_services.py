"""つながっているサービス: one sign-in for the city's other services; consent, and cutting one off."""

from allauth.idp.oidc import views as provider
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_POST

from todoke.accounts.models import User
from todoke.federation.models import IssuedCode, RelyingParty, ServiceConsent
from todoke.portal.access import signed_in
from todoke.portal.identities.service_requests import service_of


@require_GET
def authorize(request: HttpRequest) -> HttpResponseBase:
    """Send a person back to a service with a code: signed in, and once they have consented."""
    party = service_of(request.GET)
    if not isinstance(request.user, User):
        return redirect_to_login(request.get_full_path())
    consent = ServiceConsent.of(request.user, party)
    if consent is None:
        context = {"party": party, "query": request.META["QUERY_STRING"], "given": party.scopes.split()}
        return render(request, "portal/identities/consent.html", context)
    answer: HttpResponseBase = provider.authorization(request)
    if answer.status_code != 302:
        return answer
    consent.use()
    return _onward(request, party, answer.headers["Location"])


def _onward(request: HttpRequest, party: RelyingParty, address: str) -> HttpResponse:
    """Return a page that goes on to an address: the policy of our pages forbids forms to lead elsewhere."""
    response = render(request, "portal/identities/onward.html", {"party": party, "address": address})
    response.headers["Refresh"] = f"0; url={address}"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


@require_POST
@login_required
def consent(request: HttpRequest) -> HttpResponse:
    """Take the consent to a service, and go on with what it asked for."""
    query = request.POST.get("query", "")
    party = service_of(QueryDict(query))
    ServiceConsent.give(party, by=signed_in(request))
    return _onward(request, party, f"{reverse('portal:service-authorization')}?{query}")


@csrf_exempt
@sensitive_post_parameters()
@require_POST
def token(request: HttpRequest) -> HttpResponseBase:
    """Change a code for tokens, once: it is used up before it is looked at."""
    if request.POST.get("grant_type") != "authorization_code" or not IssuedCode.take(request.POST.get("code", "")):
        return JsonResponse({"error": "invalid_grant"}, status=400)
    answer: HttpResponseBase = provider.token(request)
    return answer


def absent(request: HttpRequest) -> HttpResponse:
    """Answer for what the library offers and this installation does not. Raises Http404."""
    raise Http404


@require_GET
@login_required
def show(request: HttpRequest) -> HttpResponse:
    """Show the services that know the person."""
    mine = ServiceConsent.objects.filter(user=signed_in(request), ended_at=None).select_related("party__department")
    return render(request, "portal/identities/services.html", {"consents": mine})


@require_POST
@login_required
def ending(request: HttpRequest, client: str) -> HttpResponse:
    """Cut a service off."""
    mine = ServiceConsent.objects.filter(user=signed_in(request), ended_at=None).select_related("party__client")
    get_object_or_404(mine, party__client=client).end(by=signed_in(request))
    messages.success(request, _("つながりを切りました。このサービスは、次からあなたを確かめられません。"))
    return redirect("portal:services")
