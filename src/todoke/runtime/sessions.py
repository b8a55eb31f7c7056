"""Sessions 接続の記憶: a session engine in the database; in read-only mode new sessions live in a signed cookie.

So staff can sign in during an outage. Such a session is invalid as soon as read-only mode ends.
"""

from datetime import timedelta
from typing import Any

from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.core import signing

from todoke.runtime.read_only_mode import read_only

COOKIE_PREFIX = "showing."
SALT = "todoke.runtime.sessions"
VALID = timedelta(hours=4)


class SessionStore(db.SessionStore):
    """Database sessions that write no row in read-only mode; a cookie session is valid for four hours."""

    @classmethod
    def get_model_class(cls) -> type[Session]:
        return Session

    def load(self) -> dict[str, Any]:
        key = self.session_key or ""
        if not key.startswith(COOKIE_PREFIX):
            found: dict[str, Any] = super().load()
            return found
        try:
            signed: dict[str, Any] = signing.loads(key.removeprefix(COOKIE_PREFIX), salt=SALT, max_age=VALID)
        except signing.BadSignature:
            signed = {}
        if read_only() is None or not signed:
            self._session_key = None
            return {}
        return signed

    def create(self) -> None:
        if read_only() is None:
            super().create()
        else:
            self.save()

    def save(self, must_create: bool = False) -> None:
        if read_only() is None:
            super().save(must_create)
            return
        data = self._get_session(no_load=must_create)  # type: ignore[attr-defined] # Django has it, its stubs do not
        self._session_key = COOKIE_PREFIX + signing.dumps(data, salt=SALT, compress=True)
        self.modified = True

    def delete(self, session_key: str | None = None) -> None:
        if read_only() is None:
            super().delete(session_key)
