"""Permission check 権限の確認: the person who sends a request, and whether they may do what the page is for."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from todoke.accounts.models import User
from todoke.organization.models import Department
from todoke.organization.permissions import Permission


def staff(request: HttpRequest, permission: Permission | None = None, department: Department | None = None) -> User:
    """Return the person who is signed in; the middleware has checked that they hold a post.

    Raises PermissionDenied unless they hold the permission, where one is named: for a row of ``department``, if given.
    """
    user = request.user
    if not isinstance(user, User) or (permission is not None and not permission.held_by(user, department)):
        raise PermissionDenied
    return user


def reader(request: HttpRequest, permission: Permission, department: Department | None = None) -> User:
    """Return the person who is signed in, as ``staff`` does; the permission is asked only of whoever sends the form."""
    return staff(request, permission if request.method == "POST" else None, department)
