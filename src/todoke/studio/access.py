"""Access 入口: the author of a flow, and the drafts and flows they may edit."""

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse

from todoke.accounts.models import User
from todoke.flows.models import Flow
from todoke.flows.permissions import EDIT_FLOW
from todoke.formbuilder.models import FormDraft
from todoke.offers.models import Release
from todoke.organization.models import Department
from todoke.runtime.parameters import whole_number
from todoke.web.permission_check import staff

NOT_SAVED = "保存していません。"

NEVER_SEEN = -1


def author_of(request: HttpRequest, flow: Flow) -> User:
    """Return the person who may edit a flow. Raises PermissionDenied."""
    return staff(request, EDIT_FLOW, flow.department)


def department_of(person: User) -> Department | None:
    """Return the department of a person's flows; None for a designer, whose flow belongs to the whole office."""
    return None if EDIT_FLOW.held_by(person) else next(iter(EDIT_FLOW.departments_of(person)), None)


def public_url(request: HttpRequest, draft: FormDraft) -> str:
    """Return the URL of a form's service for residents, or the home page while there is none."""
    here = Release.objects.open().filter(form_version__draft=draft).select_related("offer__procedure").first()
    path = reverse("portal:procedure", args=[here.procedure.number]) if here else reverse("portal:home")
    return request.build_absolute_uri(path)


def get_draft(code: str) -> FormDraft:
    """Return a draft by its code. Raises Http404."""
    return get_object_or_404(FormDraft, code=code)


def posted_revision(request: HttpRequest, present: int) -> int:
    """Return the revision that the form was opened at; a value that is no number never matches."""
    given = request.POST.get("revision") or str(present)
    found = whole_number(given)
    return NEVER_SEEN if found is None else found
