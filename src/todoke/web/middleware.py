"""Middleware 入口: the client's address, security headers, NUL bytes, and access of staff to their pages."""

from collections.abc import Callable
from functools import cache

from allauth.mfa.models import Authenticator
from csp.constants import HEADER
from csp.middleware import CSPMiddleware
from csp.utils import build_policy
from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import translation
from django.utils.http import urlencode

from todoke.accounts.models import User
from todoke.accounts.session_assurance import SECOND_FACTOR, session_assurance
from todoke.accounts.session_expiry import STAFF, mark_staff
from todoke.organization.models import Tenure
from todoke.organization.permissions import entrances
from todoke.runtime.client_address import forwarded_address
from todoke.web.expired_sessions import end_session, hand_back
from todoke.web.same_origin import is_same_origin

GetResponse = Callable[[HttpRequest], HttpResponse]
MACHINES = "/api/"

_POLICY_OF_ITS_OWN = ("_csp_config", "_csp_update", "_csp_replace", "_csp_exempt")


class CachedCSPMiddleware(CSPMiddleware):
    """CSP middleware that builds the default policy once; responses with a nonce or their own policy are unaffected."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if (
            "cached-policy" not in settings.SPEED_UPS
            or hasattr(request, "_csp_nonce")
            or any(hasattr(response, name) for name in _POLICY_OF_ITS_OWN)
        ):
            return super().process_response(request, response)
        response.headers.setdefault(HEADER, default_policy())
        return response


@cache
def default_policy() -> str:
    """Return the content security policy of the settings, built once per process."""
    return build_policy()


def resolve_client_address(get_response: GetResponse) -> GetResponse:
    """Replace ``REMOTE_ADDR``, which every rate limit counts by, with the client's address behind trusted proxies."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if settings.TRUSTED_PROXIES and (hops := request.META.get("HTTP_X_FORWARDED_FOR")):
            remote = request.META.get("REMOTE_ADDR", "")
            request.META["REMOTE_ADDR"] = forwarded_address(remote, hops, settings.TRUSTED_PROXIES)
        return get_response(request)

    return middleware


def reject_nul_bytes(get_response: GetResponse) -> GetResponse:
    """Remove NUL bytes from query strings and answer 400 for a path with one: no database column can store it.

    The API keeps them, and refuses them in words by its description: a program is told, a person's page is shown.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        if "\0" in request.path_info:
            raise SuspiciousOperation
        if not request.path_info.startswith(MACHINES):
            request.META["QUERY_STRING"] = request.META.get("QUERY_STRING", "").replace("%00", "")
        return get_response(request)

    return middleware


def no_store_by_default(get_response: GetResponse) -> GetResponse:
    """Set ``Cache-Control: no-store`` and two security headers on every response whose view did not set them."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.headers.setdefault("Cache-Control", "no-store, private")
        response.headers.setdefault("Permissions-Policy", "camera=(self), geolocation=(), microphone=()")
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        return response

    return middleware


def roles_for(path: str) -> frozenset[str] | None:
    """Return the roles that may open a path, by its first two segments or its first; None where everybody may."""
    segments, known = path.split("/")[1:3], entrances()
    permission = known.get("/".join(segments), known.get(segments[0]))
    return permission.roles if permission else None


def second_factor_address(user: User, back: str) -> str:
    """Return where a person shows a second factor and comes back, or sets one up where there is none."""
    types = set(Authenticator.objects.filter(user=user).values_list("type", flat=True))
    pages = {Authenticator.Type.TOTP: "mfa_reauthenticate", Authenticator.Type.WEBAUTHN: "mfa_reauthenticate_webauthn"}
    page = next((page for kind, page in pages.items() if kind in types), None)
    return f"{reverse(page)}?{urlencode({'next': back})}" if page else reverse("mfa_index")


def _sign_in_first(request: HttpRequest) -> HttpResponse:
    """Return the sign-in, or what was typed on a page of ours after its session had ended."""
    if request.method == "POST" and is_same_origin(request):
        return hand_back(request)
    return redirect_to_login(request.get_full_path())


def require_staff_post(get_response: GetResponse) -> GetResponse:
    """Require a post with a permitted role on staff pages, and a second factor used in this session by the settings.

    Redirects to the sign-in or to the second factor; raises PermissionDenied without a fitting post.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        wanted = roles_for(request.path_info)
        if wanted is not None:
            translation.activate("ja")
        if wanted is None or request.path_info.startswith("/board/public/"):
            return get_response(request)
        if not request.user.is_authenticated:
            return _sign_in_first(request)
        posts = list(Tenure.objects.of(request.user).current().select_related("post__department"))
        request.posts = posts  # type: ignore[attr-defined] # read once, for the rail of every page
        if not any(tenure.post.role in wanted for tenure in posts):
            if not posts and request.session.get(STAFF):
                end_session(request, "職位がなくなったため、ログインを終わりました。")
            raise PermissionDenied
        mark_staff(request.session)
        if settings.STAFF_SECOND_FACTOR and session_assurance(request).level < SECOND_FACTOR:
            return redirect(second_factor_address(request.user, request.get_full_path()))
        return get_response(request)

    return middleware
