"""Access 入室の確かめ: who sees which programmes of points."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from todoke.accounts.models import User
from todoke.points.models import PointProgram
from todoke.points.permissions import GRANT_POINTS
from todoke.web.permission_check import staff


def staff_of_points(request: HttpRequest) -> User:
    """Return the person, who may grant points of some department. Raises PermissionDenied."""
    user = staff(request)
    if not GRANT_POINTS.held_by(user) and not GRANT_POINTS.departments_of(user):
        raise PermissionDenied
    return user


def program_of(request: HttpRequest, code: str) -> PointProgram:
    """Return a programme that the person sees. Raises Http404, PermissionDenied for who grants nowhere."""
    programs = PointProgram.objects.visible_to(staff_of_points(request)).select_related("department")
    return get_object_or_404(programs, code=code)
