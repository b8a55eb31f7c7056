"""Doors 入口: who stands at a page of the studio, and which draft it is about."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from todoke.accounts.models import User
from todoke.formbuilder.models import FormDraft


def designer_of(request: HttpRequest) -> User:
    """Return the person who designs; the entrance has checked the post already."""
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user


def draft_of(code: str) -> FormDraft:
    """Return a draft by its code, or 404."""
    return get_object_or_404(FormDraft, code=code)
