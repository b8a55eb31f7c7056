"""Refusals 拒絶: why nothing was done with a record, in words for a page."""

from django.core.exceptions import PermissionDenied


class Refused(Exception):
    """The act does not fit the present state of the record (状態に合わない行為). Nothing was changed."""


class NotYours(PermissionDenied):
    """The person holds no post that may do this (権限がない)."""
