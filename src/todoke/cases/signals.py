"""News of cases for the apps above (案件の知らせ)."""

from django.dispatch import Signal

begun = Signal()
"""Somebody began to fill in an application: ``draft``."""

accepted = Signal()
"""An application became a case: ``case``."""

moved = Signal()
"""A case changed its status: ``case``, ``before``, ``after``."""
