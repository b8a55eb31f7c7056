"""Signals of accounts for the rooms above (利用者の知らせ)."""

from django.dispatch import Signal

sign_in_refused = Signal()
"""A password was wrong: ``user``, None where the address belongs to nobody."""

session_expired = Signal()
"""A session ended by itself: ``user`` and ``why``, a Japanese sentence."""

factor_enrolment_issued = Signal()
"""The office lets a colleague register a factor: ``user``, and ``by`` whom."""
