"""Doors 入口: who stands at a page of the studio, and which draft it is about."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse

from todoke.accounts.models import User
from todoke.flows.models import Flow
from todoke.formbuilder.models import FormDraft
from todoke.offers.models import Release
from todoke.organization.models import Department, Post
from todoke.organization.permissions import departments_of, has_role

NEVER_SEEN = -1
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
    return None if has_role(person, *DESIGNING) else next(iter(departments_of(person)), None)


def address_of(request: HttpRequest, draft: FormDraft) -> str:
    """Return where residents find the service of a form; the first page while there is none."""
    here = Release.objects.open().filter(form_version__draft=draft).select_related("offer__procedure").first()
    path = reverse("portal:procedure", args=[here.procedure.number]) if here else reverse("portal:home")
    return request.build_absolute_uri(path)


def draft_of(code: str) -> FormDraft:
    """Return a draft by its code, or 404."""
    return get_object_or_404(FormDraft, code=code)


def revision_of(request: HttpRequest, present: int) -> int:
    """Return the revision a form was opened at; what is not a number was never seen, so the save is refused."""
    given = request.POST.get("revision") or str(present)
    return int(given) if given.isdecimal() and len(given) < 10 else NEVER_SEEN
