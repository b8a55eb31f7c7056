"""Idea page お題の頁: the shown ideas in an order of the day, never by their support alone."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Count

from todoke.accounts.rate_limits import RateLimit, TooOften, hit
from todoke.japanese.calendar import today
from todoke.voices.models import Challenge

SHOWN = 30
IDEAS = RateLimit("投稿と賛同", 60, 3600)
STEP = 7919
"""A prime: ids times it, modulo another one and moved by the day, make an order that changes from day to day."""
MODULUS = 10_007


def count_idea(client: str) -> None:
    """Count an idea or a support of a client. Raises TooOften beyond sixty an hour."""
    if not hit(IDEAS, client):
        raise TooOften


def challenge_context(challenge: Challenge, data: Mapping[str, Any]) -> dict[str, Any]:
    """Return what the page of a question shows; a constant number of queries."""
    newest = data.get("sort") == "new"
    rows = challenge.ideas.shown().annotate(supporters=Count("reactions")).prefetch_related("steps")
    keys = list(challenge.ideas.shown().order_by("-pk").values_list("pk", flat=True))
    if not newest:
        day = today().toordinal()
        keys.sort(key=lambda pk: (pk * STEP + day * 31) % MODULUS)
    typed = str(data.get("page", "1"))
    page = max(1, int(typed)) if typed.isdecimal() and len(typed) < 6 else 1
    chosen = keys[(page - 1) * SHOWN : page * SHOWN]
    by_key = {each.pk: each for each in rows.filter(pk__in=chosen)}
    return {
        "challenge": challenge,
        "ideas": [by_key[key] for key in chosen if key in by_key],
        "number": len(keys),
        "newest": newest,
        "following": page + 1 if len(keys) > page * SHOWN else None,
        "ages": challenge.published_ages or [],
    }
