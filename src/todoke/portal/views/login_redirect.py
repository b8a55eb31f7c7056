"""到着: where somebody goes who has signed in without having been on the way anywhere."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET

from todoke.accounts.models import User
from todoke.organization.permissions import is_staff


@require_GET
def show(request: HttpRequest) -> HttpResponse:
    """Staff go to their work, residents to the first page."""
    at_work = isinstance(request.user, User) and is_staff(request.user)
    return redirect("office:home" if at_work else "portal:home")
