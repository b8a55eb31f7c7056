"""職員の招待: the mailed page on which a member of staff chooses a first password."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from todoke.personnel.invitations import accept_invitation
from todoke.personnel.mailed_links import INVITATION
from todoke.personnel.models import Invitation
from todoke.portal.access import actor_of, link_of
from todoke.portal.site.forms.invitation import FirstPasswordForm
from todoke.web.actions import RefusalsOn


@require_safe
def show(request: HttpRequest, secret: str) -> HttpResponse:
    link = link_of(request, INVITATION, secret)
    return _page(request, secret, link.target_pk, FirstPasswordForm())


@require_POST
def acceptance(request: HttpRequest, secret: str) -> HttpResponse:
    """Set the password; the person signs in with it next, nobody is signed in here."""
    link, form = link_of(request, INVITATION, secret), FirstPasswordForm(request.POST)
    if form.is_valid():
        with RefusalsOn(form, "password"):
            accept_invitation(link, form.cleaned_data["password"], by=actor_of(request))
            messages.success(request, "パスワードを決めました。メールアドレスとパスワードでログインしてください。")
            return redirect("account_login")
    return _page(request, secret, link.target_pk, form)


def _page(request: HttpRequest, secret: str, invitation: int, form: FirstPasswordForm) -> HttpResponse:
    user = Invitation.objects.select_related("user").get(pk=invitation).user
    context = {"form": form, "secret": secret, "invited": user}
    return render(request, "portal/invitation.html", context, status=422 if form.errors else 200)
