"""開設の準備: the steps before the installation opens, with what is still missing."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from todoke.accounts.models import User
from todoke.design.navigation import address
from todoke.installation import preparation as steps_before_opening
from todoke.installation.permissions import SEE_PREPARATION
from todoke.organization.models import Post
from todoke.organization.permissions import Permission, entrances
from todoke.personnel.permissions import REGISTER_STAFF
from todoke.procedures.permissions import IMPORT_PROCEDURES
from todoke.web.permission_check import staff


def _needed(page: str) -> Permission | None:
    """Return what opens the page of a step, where not everybody who sees the steps may."""
    pages = {
        "office:staff": REGISTER_STAFF, "office:staff-imports": REGISTER_STAFF, "office:imports": IMPORT_PROCEDURES,
        "studio:offers": entrances()["studio/offers"],
    }  # fmt: skip
    return pages.get(page)


def _way(page: str, by: User) -> tuple[str, str]:
    """Return the address of the page of a step, or else the roles that may open it, in words."""
    needed = _needed(page)
    if needed is None or needed.held_by(by):
        return address(page) if page else "", ""
    return "", "・".join(role.label for role in Post.Role if role in needed.roles)


@require_GET
def preparation(request: HttpRequest) -> HttpResponse:
    by = staff(request, SEE_PREPARATION)
    steps = [(step, *_way(step.page, by)) for step in steps_before_opening.steps()]
    left = [step for step, *_ in steps if not step.is_done]
    return render(request, "office/preparation/show.html", {"steps": steps, "left": left})
