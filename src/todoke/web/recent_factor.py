"""Step-up 本人の再確認: sensitive acts of staff ask for a second factor used within 15 minutes; typed input is kept."""

from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import Concatenate, ParamSpec

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from todoke.accounts.second_factor_forms import ReauthenticateForm
from todoke.accounts.session_assurance import SECOND_FACTOR, session_assurance

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]
FRESH = timedelta(minutes=15)
FIELD = "reauthentication"


def requires_recent_factor(view: View[P]) -> View[P]:
    """Make the POST of a view ask for a second factor first, on the way, if the last one is older than 15 minutes.

    The page that asks carries everything typed; with a right code the act goes on as if nothing had been asked.
    """

    @wraps(view)
    def asked(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if request.method != "POST" or not settings.STAFF_SECOND_FACTOR or _is_recent(request):
            return view(request, *args, **kwargs)
        given = request.POST if f"{FIELD}-code" in request.POST else None
        form = ReauthenticateForm(user=request.user, data=given, prefix=FIELD)
        if form.is_valid():
            form.save()
            return view(request, *args, **kwargs)
        return render(request, "design/reauthentication.html", _context(request, form), status=403)

    return asked


def _is_recent(request: HttpRequest) -> bool:
    assurance = session_assurance(request)
    return assurance.level >= SECOND_FACTOR and assurance.is_within(FRESH)


def _context(request: HttpRequest, form: ReauthenticateForm) -> dict[str, object]:
    own = ("csrfmiddlewaretoken", f"{FIELD}-code")
    typed = [(name, value) for name, values in request.POST.lists() if name not in own for value in values]
    types = set(Authenticator.objects.filter(user_id=request.user.pk).values_list("type", flat=True))
    form.fields["code"].label = "認証アプリの6桁の数字"
    has_key = Authenticator.Type.WEBAUTHN in types
    return {"form": form, "typed": typed, "again": request.get_full_path(), "has_key": has_key, "files": request.FILES}
