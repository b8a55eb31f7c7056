"""Signals of cases for the rooms above (案件の知らせ)."""

from django.dispatch import Signal

begun = Signal()
"""Somebody began to fill in an application: ``draft``."""

accepted = Signal()
"""An application became a case: ``case``."""

status_changed = Signal()
"""A case changed its status: ``case``, ``before``, ``after``."""

erased = Signal()
"""The personal data of a case were erased everywhere here: ``case``."""
