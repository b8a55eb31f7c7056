"""Receivers of signals of the sign-in: sessions of staff end sooner."""

from typing import Any

from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver

from todoke.accounts.models import User
from todoke.accounts.session_expiry import mark_staff
from todoke.organization.permissions import is_staff


@receiver(user_logged_in)
def mark_staff_session(sender: object, request: Any, user: User, **terms: Any) -> None:
    """Let the limits of staff hold for the session of whoever holds a post."""
    if is_staff(user):
        mark_staff(request.session)
