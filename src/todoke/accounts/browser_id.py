"""Browser id 端末の印: a mailed code is good only in the browser that asked for it.

So a code that was overheard opens nothing elsewhere, and whoever asks or guesses elsewhere spoils nobody's code.
"""

import secrets

from django.contrib.sessions.backends.base import SessionBase

MARK = "code-binding"


def browser_id(session: SessionBase) -> str:
    """Return the random mark of a browser's session, made at the first call; the session keeps it."""
    if MARK not in session:
        session[MARK] = secrets.token_urlsafe(16)
    return str(session[MARK])
