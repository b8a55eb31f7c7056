"""Challenge page お題の頁: ideas that wait first, and how the bands of age would be published."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Case, IntegerField, Value, When
from django.http import HttpRequest

from todoke.accounts.models import User
from todoke.disclosure_control.band_merges import propose_joins
from todoke.office.voices.forms.challenges import EndForm
from todoke.runtime.parameters import whole_number
from todoke.voices.models import Challenge, Idea
from todoke.voices.models.challenge import BANDS
from todoke.voices.permissions import MODERATE_IDEA
from todoke.web.permission_check import staff

SHOWN = 50


def moderator(request: HttpRequest) -> User:
    """Return the person, who moderates for some department. Raises PermissionDenied."""
    user = staff(request)
    if not MODERATE_IDEA.departments_of(user):
        raise PermissionDenied
    return user


def challenge_context(challenge: Challenge, data: Mapping[str, Any]) -> dict[str, Any]:
    """Return what the page shows: a page of ideas, counts, and a preview of the table of ages."""
    waits = Case(When(status=Idea.Status.HELD, then=Value(0)), default=Value(1), output_field=IntegerField())
    typed = str(data.get("page", "1"))
    page = max(1, int(typed)) if typed.isdecimal() and len(typed) < 6 else 1
    rows = list(challenge.ideas.annotate(waits=waits).order_by("waits", "pk")[(page - 1) * SHOWN : page * SHOWN + 1])
    joins = _joins(challenge, data)
    return {
        "challenge": challenge,
        "ideas": rows[:SHOWN],
        "following": page + 1 if len(rows) > SHOWN else None,
        "waiting": challenge.ideas.waiting().count(),
        "unanswered": challenge.ideas.unanswered().count(),
        "end_form": EndForm(initial={"joins": joins, "ages": True}),
        **_preview(challenge, joins),
    }


def _joins(challenge: Challenge, data: Mapping[str, Any]) -> list[int]:
    """Return the joins that an address asks for, or those proposed."""
    if challenge.closed_at is not None:
        return []
    chosen = data.getlist("joins") if hasattr(data, "getlist") else []
    if chosen:
        return [band for each in chosen if 0 < (band := whole_number(each) or 0) <= len(BANDS)]
    return propose_joins(challenge.people_by_age(), fixed=(len(BANDS),))


def _preview(challenge: Challenge, joins: list[int]) -> dict[str, Any]:
    if challenge.closed_at is not None:
        return {"ages": challenge.published_ages or [], "why_no_ages": ""}
    ages, why_not = challenge.age_preview(joins)
    return {"ages": ages, "why_no_ages": why_not}
