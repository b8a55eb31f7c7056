"""Sign-in limits 合言葉違いの制限: wrong passwords are counted in the database, across all processes and machines."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context as allauth_context
from django.contrib.sites.shortcuts import get_current_site
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext

from todoke.accounts import signals
from todoke.accounts.account_requests import AccountRequest
from todoke.accounts.known_devices import known_device, remember_device
from todoke.accounts.models import User
from todoke.accounts.rate_limits import RateLimit, forget, hit, take_back
from todoke.design.municipality import municipality
from todoke.runtime.read_only_mode import read_only

FROM_UNKNOWN_DEVICES = RateLimit("使ったことのない端末からの、同じ人の合言葉違い", 50, 300)


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth carries no types
    """Account adapter of allauth: tries are counted before they are judged, by person and asker.

    All unknown devices together have 50 tries at one person in 5 minutes; a known device is never kept out by them,
    and a new password by mail gives the person the way back from anywhere.
    """

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        who = _who(credentials)
        if not known_device(request, who) and not hit(FROM_UNKNOWN_DEVICES, who):
            raise self.validation_error("too_many_login_attempts")
        super().pre_authenticate(request, **credentials)

    def authenticate(self, request: HttpRequest, **credentials: Any) -> User | None:
        user: User | None = super().authenticate(request, **credentials)
        if user is not None:
            take_back(FROM_UNKNOWN_DEVICES, _who(credentials))
        return user

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        super().authentication_failed(request, **credentials)
        signals.sign_in_refused.send(sender=User, user=User.objects.filter(email__iexact=_who(credentials)).first())

    def post_login(self, request: HttpRequest, user: User, **terms: Any) -> HttpResponse:
        response: HttpResponse = super().post_login(request, user, **terms)
        remember_device(request, response, user.email)
        return response

    def get_reauthentication_methods(self, user: User) -> list[dict[str, Any]]:
        """Return the ways to confirm a person again: a second factor, or a mailed code where there is none.

        A password alone confirms nobody: whoever stole it could register a factor of their own.
        """
        ways = [way for way in super().get_reauthentication_methods(user) if way["id"].startswith("mfa")]
        mailed = {"id": "mailed_code", "description": gettext("確認番号を送る"), "url": reverse("portal:mailed-code")}
        return ways or [mailed]

    def format_email_subject(self, subject: str) -> str:
        return f"【{municipality().name}】{subject}"

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Queue a mail of the sign-in; while nothing can be written (参照専用) it goes out at once."""
        request = allauth_context.request
        terms = {"request": request, "email": email, "current_site": get_current_site(request), **context}
        letter = self.render_mail(template_prefix, email, terms)
        if read_only() is not None:
            letter.send()
            return
        AccountRequest.make(AccountRequest.Kind.MAIL, to=email, subject=letter.subject, body=str(letter.body))

    def _delete_login_attempts_cached_email(self, request: HttpRequest, **credentials: Any) -> None:
        super()._delete_login_attempts_cached_email(request, **credentials)
        forget(FROM_UNKNOWN_DEVICES, _who(credentials))


def _who(credentials: dict[str, Any]) -> str:
    return str(credentials.get("email") or credentials.get("username") or "").strip().casefold()
