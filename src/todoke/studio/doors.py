"""Doors 入口: who stands at a page of the studio, and which draft it is about."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from todoke.accounts.models import User
from todoke.flows.models import Flow
from todoke.formbuilder.models import FormDraft
from todoke.organization.duties import departments_of, holds
from todoke.organization.models import Department, Post

DESIGNING = (Post.Role.DESIGNER, Post.Role.HEADQUARTERS)


def designer_of(request: HttpRequest) -> User:
    """Return the person who designs; the entrance has checked the post already."""
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user


def author_of(request: HttpRequest, flow: Flow) -> User:
    """Return the person who changes a flow: a designer, or somebody of the department whose work it is."""
    person = designer_of(request)
    if not flow.can_edit(person):
        raise PermissionDenied
    return person


def department_of(person: User) -> Department | None:
    """Return whose work a person writes down; a designer's flow is the whole office's until it is given away."""
    return None if holds(person, *DESIGNING) else next(iter(departments_of(person)), None)


def draft_of(code: str) -> FormDraft:
    """Return a draft by its code, or 404."""
    return get_object_or_404(FormDraft, code=code)
