"""Receivers of signals of the sign-in: the times of a session begin."""

from typing import Any

from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver

from todoke.accounts.session_expiry import begin_session


@receiver(user_logged_in)
def begin_times(sender: object, request: Any, **terms: Any) -> None:
    """Note when the session began."""
    begin_session(request.session)
