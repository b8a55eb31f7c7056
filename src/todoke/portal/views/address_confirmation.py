"""メールアドレスの確認: the mailed link that ends a registration or confirms another address."""

from allauth.account.internal.flows.email_verification import verify_email_and_resume
from allauth.account.models import EmailAddress, EmailConfirmationHMAC
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from todoke.notices.mailed_links import ADDRESS
from todoke.portal.access import actor_of, link_of


@require_safe
def show(request: HttpRequest, secret: str) -> HttpResponse:
    """Show what a mailed link confirms; only a press confirms it."""
    link_of(request, ADDRESS, secret)
    return render(request, "portal/address_confirmation.html", {"secret": secret})


@require_POST
def confirmation(request: HttpRequest, secret: str) -> HttpResponse:
    """Confirm the address; whoever began the registration in this browser is signed in, nobody else."""
    link = link_of(request, ADDRESS, secret)
    address = EmailAddress.objects.select_related("user").get(pk=link.target_pk)
    if request.user.is_authenticated and request.user.pk != address.user_id:
        logout(request)
    link.use(by=actor_of(request))
    _, response = verify_email_and_resume(request, EmailConfirmationHMAC(address))
    return response or redirect("account_login")
