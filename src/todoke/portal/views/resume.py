"""あとで続ける: leaving a draft, and the mailed link to resume it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST, require_safe

from todoke.cases.answers import applicant_of
from todoke.cases.mail.draft_link import mail_draft_link
from todoke.cases.mail.mailed_links import DRAFT, DRAFT_SPAN
from todoke.cases.models import Draft, DraftReminder
from todoke.federation.levels import Act
from todoke.portal import draft_cookie
from todoke.portal.access import (
    actor_of,
    client_address,
    find_draft,
    link_of,
    open_draft,
    redirect_to_sign_in,
    signed_in,
)
from todoke.portal.forms.resume import DraftLinkForm
from todoke.web.actions import RefusalsOn


@require_GET
@redirect_to_sign_in
def show(request: HttpRequest, token: str) -> HttpResponse:
    draft = open_draft(request, token, Act.SAVE)
    if draft.sent_at:
        return redirect("portal:receipt", token)
    form = DraftLinkForm(initial={"email": applicant_of(draft.submission).email})
    return render(request, "portal/application/later.html", {"draft": draft, "form": form})


@require_POST
@redirect_to_sign_in
def mail(request: HttpRequest, token: str) -> HttpResponse:
    """Mail the link to resume to the address typed, a few times an hour."""
    draft, form = find_draft(request, token), DraftLinkForm(request.POST)
    context = {"draft": draft, "form": form, "days": DRAFT_SPAN.days}
    if form.is_valid():
        with RefusalsOn(form, "email"):
            mail_draft_link(draft, form.cleaned_data["email"], asker=client_address(request), by=actor_of(request))
            if form.cleaned_data["remind"]:
                DraftReminder.agree(draft, form.cleaned_data["email"], by=actor_of(request))
            context["sent"] = form.cleaned_data["email"]
    return render(request, "portal/application/later.html", context)


@require_POST
@redirect_to_sign_in
def deletion(request: HttpRequest, token: str) -> HttpResponse:
    """Delete the draft with everything in it."""
    find_draft(request, token).discard(by=actor_of(request))
    messages.success(request, _("下書きを消しました。入力した内容と書類は、残っていません。"))
    return redirect("portal:mine" if request.user.is_authenticated else "portal:home")


@require_safe
def resume(request: HttpRequest, secret: str) -> HttpResponse:
    """Show which application a mailed link goes on with; only a press opens it."""
    link = link_of(request, DRAFT, secret)
    draft = Draft.objects.select_related("submission__version", "release__offer__procedure").get(pk=link.target_pk)
    return render(request, "portal/application/resume.html", {"draft": draft, "secret": secret})


@require_POST
def continuation(request: HttpRequest, secret: str) -> HttpResponse:
    """Open the draft of a mailed link in this browser."""
    link = link_of(request, DRAFT, secret)
    link.use(by=actor_of(request))
    token = Draft.objects.values_list("submission__token", flat=True).get(pk=link.target_pk)
    response = redirect("portal:application", token)
    draft_cookie.add_draft(request, response, token)
    return response


@require_POST
@redirect_to_sign_in
@login_required
def claim(request: HttpRequest, token: str) -> HttpResponse:
    """Bind a draft that this browser began without an account to the account that is signed in."""
    draft = find_draft(request, token)
    draft.claim(by=signed_in(request))
    messages.success(request, _("この下書きを、あなたのアカウントに入れました。"))
    return redirect("portal:application", token)
