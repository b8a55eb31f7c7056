"""あとで続ける: leaving an unfinished application and finding it again."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from todoke.accounts.rate_limits import RateLimit, hit
from todoke.cases.answers import applicant_of
from todoke.notices.outbox import Recipient, enqueue
from todoke.portal import draft_cookie
from todoke.portal.access import actor_of, for_residents, open_draft
from todoke.portal.forms.resume import AddressForm
from todoke.runtime.links import absolute

LINKS = RateLimit("続きのリンク", 5, 3600)


@require_GET
@for_residents
def show(request: HttpRequest, token: str) -> HttpResponse:
    draft = open_draft(request, token)
    form = AddressForm(initial={"email": applicant_of(draft.submission).email})
    return render(request, "portal/application/later.html", {"draft": draft, "form": form})


@require_POST
@for_residents
def mail(request: HttpRequest, token: str) -> HttpResponse:
    """Mail the link to go on; five an hour for one draft, so that nobody's mailbox is flooded."""
    draft = open_draft(request, token)
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


@require_GET
def resume(request: HttpRequest, code: str) -> HttpResponse:
    """Open a mailed link: this browser may go on with the draft from now on."""
    token = draft_cookie.token_of(code)
    if token is None:
        raise Http404
    response = redirect("portal:application", token)
    draft_cookie.keep(request, response, token)
    return response
