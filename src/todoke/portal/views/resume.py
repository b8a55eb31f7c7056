"""あとで続ける: leaving a draft, and the mailed link to resume it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from todoke.accounts.rate_limits import RateLimit, hit
from todoke.cases.answers import applicant_of
from todoke.notices.outbox import Recipient, enqueue
from todoke.portal import draft_cookie
from todoke.portal.access import actor_of, find_draft, redirect_to_sign_in, signed_in
from todoke.portal.forms.resume import AddressForm
from todoke.runtime.links import absolute

LINKS = RateLimit("続きのリンク", 5, 3600)


@require_GET
@redirect_to_sign_in
def show(request: HttpRequest, token: str) -> HttpResponse:
    draft = find_draft(request, token)
    form = AddressForm(initial={"email": applicant_of(draft.submission).email})
    return render(request, "portal/application/later.html", {"draft": draft, "form": form})


@require_POST
@redirect_to_sign_in
def mail(request: HttpRequest, token: str) -> HttpResponse:
    """Mail the link to resume, at most five times an hour per draft."""
    draft = find_draft(request, token)
    form = AddressForm(request.POST)
    if not form.is_valid():
        return render(request, "portal/application/later.html", {"draft": draft, "form": form})
    if hit(LINKS, token):
        code = draft_cookie.resume_code(token)
        context = {
            "procedure": draft.release.offer.procedure.title,
            "url": absolute("portal:resume", code),
            "days": draft_cookie.LINK_AGE.days,
        }
        enqueue("draft-link", to=Recipient(form.cleaned_data["email"]), context=context, about="", by=actor_of(request))
    return render(request, "portal/application/later.html", {"draft": draft, "sent": form.cleaned_data["email"]})


@require_POST
@redirect_to_sign_in
def deletion(request: HttpRequest, token: str) -> HttpResponse:
    """Delete the draft with everything in it."""
    find_draft(request, token).discard(by=actor_of(request))
    messages.success(request, _("下書きを消しました。入力した内容と書類は、残っていません。"))
    return redirect("portal:mine" if request.user.is_authenticated else "portal:home")


@require_GET
def resume(request: HttpRequest, code: str) -> HttpResponse:
    """Open a mailed link: the draft is added to this browser's cookie."""
    token = draft_cookie.token_of(code)
    if token is None:
        raise Http404
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
