"""意見募集の知らせ: mails about the extension and the result of a call, without an account, confirmed by a link."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from todoke.portal.access import actor_of, client_address, link_of
from todoke.portal.forms.resume import AddressForm
from todoke.portal.voices.consultation_page import public_consultation
from todoke.voices.follower_news import ask_to_follow
from todoke.voices.mailed_links import FOLLOW
from todoke.voices.models import Consultation, ConsultationFollower
from todoke.web.actions import RefusalsOn

ENDED = {Consultation.Status.PUBLISHED, Consultation.Status.ABANDONED}


def entry(request: HttpRequest, number: str) -> HttpResponse:
    """Take an address, to which a link is mailed that confirms it."""
    of = public_consultation(number)
    if of.status in ENDED:
        return redirect("portal:consultation", number)
    form = AddressForm(request.POST or None)
    context = {"of": of, "form": form, "sent": False}
    if request.method == "POST" and form.is_valid():
        with RefusalsOn(form, "email"):
            facts = {"language": get_language() or "ja", "asker": client_address(request)}
            ask_to_follow(of, form.cleaned_data["email"], by=actor_of(request), **facts)
            context["sent"] = True
    return render(request, "portal/consultations/follow.html", context, status=422 if form.errors else 200)


@require_safe
def show(request: HttpRequest, secret: str) -> HttpResponse:
    """Show what a mailed link begins or ends; only a press does it."""
    link = link_of(request, FOLLOW, secret)
    follower = get_object_or_404(ConsultationFollower.objects.select_related("consultation"), pk=link.target_pk)
    context = {"secret": secret, "of": follower.consultation, "follows": follower.confirmed_at is not None}
    return render(request, "portal/consultations/following.html", context)


@require_POST
def confirmation(request: HttpRequest, secret: str) -> HttpResponse:
    """Begin the mails."""
    follower = _pressed(request, secret)
    follower.confirm(by=actor_of(request))
    messages.success(request, _("延長と結果を、メールでお知らせします。"))
    return redirect("portal:consultation", follower.consultation.number)


@require_POST
def ending(request: HttpRequest, secret: str) -> HttpResponse:
    """End the mails and forget the address."""
    follower = _pressed(request, secret)
    follower.stop(by=actor_of(request))
    messages.success(request, _("メールを止めました。アドレスは残っていません。"))
    return redirect("portal:consultation", follower.consultation.number)


def _pressed(request: HttpRequest, secret: str) -> ConsultationFollower:
    """Return whom a mailed link is about, and count its use."""
    link = link_of(request, FOLLOW, secret)
    link.use(by=actor_of(request))
    return get_object_or_404(ConsultationFollower.objects.select_related("consultation"), pk=link.target_pk)
