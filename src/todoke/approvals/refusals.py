"""Refusals 拒絶: why an act was not done, in words that a page can show as they are."""

from django.core.exceptions import PermissionDenied


class Refused(Exception):
    """The act does not fit the present state (状態に合わない行為). Nothing was changed."""


class NotYours(PermissionDenied):
    """The person does not hold a post that may act here (権限がない)."""


class NoRule(Refused):
    """The rules of the route name no chain of posts for this matter, or more than one (専決区分がない)."""
