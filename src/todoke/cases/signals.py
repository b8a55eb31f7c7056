"""News of cases for the apps above (案件の知らせ)."""

from django.dispatch import Signal

accepted = Signal()
"""An application became a case: ``case``."""

moved = Signal()
"""A case changed its status: ``case``, ``before``, ``after``."""
