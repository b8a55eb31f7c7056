"""本人確認の連携: which providers an account is linked to; linking and unlinking by the person."""

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from todoke.federation.models import IdentityProvider, LinkedIdentity
from todoke.portal.access import signed_in
from todoke.portal.identities.outcomes import link_account, tell
from todoke.portal.identities.provider_sessions import WAITING, waiting_word
from todoke.portal.identities.views.sign_in import leave_to_link


@require_GET
@login_required
def show(request: HttpRequest) -> HttpResponse:
    """Show what the account is linked to, and what it could be linked to."""
    links = LinkedIdentity.objects.visible_to(signed_in(request)).active().select_related("provider")
    usable = IdentityProvider.objects.usable().exclude(audience=IdentityProvider.Audience.STAFF)
    others = usable.exclude(pk__in=links.values("provider"))
    return render(request, "portal/identities/list.html", {"links": links, "others": others})


@require_POST
@login_required
@reauthentication_required  # type: ignore[untyped-decorator]  # allauth carries no types
def link(request: HttpRequest, slug: str) -> HttpResponse:
    """Go to a provider to link it to the account."""
    return leave_to_link(request, slug)


@require_POST
@login_required
@reauthentication_required  # type: ignore[untyped-decorator]  # allauth carries no types
def ending(request: HttpRequest, slug: str) -> HttpResponse:
    """End a link, while another way to sign in remains."""
    mine = LinkedIdentity.objects.visible_to(signed_in(request)).active().select_related("provider", "user")
    found = get_object_or_404(mine, provider__slug=slug)
    found.end(by=signed_in(request))
    tell("identity-unlinked", found.user, found.provider)
    messages.success(request, _("連携を切りました。登録されたメールアドレスにもお知らせします。"))
    return redirect("portal:identities")


@require_GET
def waiting(request: HttpRequest) -> HttpResponse:
    """Ask who was identified without an account whether they have one."""
    return render(request, "portal/identities/waiting.html", {"word": waiting_word(request)})


@require_POST
@login_required
@reauthentication_required  # type: ignore[untyped-decorator]  # allauth carries no types
def waiting_link(request: HttpRequest) -> HttpResponse:
    """Link who was identified in this browser to the account that is signed in now."""
    word = waiting_word(request)
    if word is None:
        return redirect("portal:identity-waiting")
    link_account(request, signed_in(request), word)
    request.session.pop(WAITING, None)
    messages.success(request, _("アカウントに本人確認をつなぎました。次から、この方法でログインできます。"))
    return redirect("portal:identities")


@require_GET
def arrival(request: HttpRequest) -> HttpResponse:
    """Tell a member of staff that an administrator joins them to their post."""
    return render(request, "portal/identities/arrival.html")
