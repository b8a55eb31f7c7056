"""到着: redirect after sign-in without a target."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET

from todoke.accounts.models import User
from todoke.organization.permissions import is_staff


@require_GET
def show(request: HttpRequest) -> HttpResponse:
    """Redirect staff to the office, residents to the home page."""
    at_work = isinstance(request.user, User) and is_staff(request.user)
    return redirect("office:home" if at_work else "portal:home")
