"""Sessions 接続の記憶: a session engine in the database; in read-only mode new sessions live in a signed cookie.

So staff can sign in during an outage. Such a session is invalid as soon as read-only mode ends. The database keeps a
digest of each session's key, so that whoever reads a dump of it can sign in as nobody.
"""

import hashlib
from datetime import timedelta
from typing import Any, cast

from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.core import signing
from django.utils import timezone

from todoke.runtime.read_only_mode import read_only

COOKIE_PREFIX = "showing."
SALT = "todoke.runtime.sessions"
VALID = timedelta(hours=4)


def stored_key(key: str) -> str:
    """Return the key under which the database keeps the session of a cookie: 160 bits of its SHA-256."""
    return hashlib.sha256(key.encode()).hexdigest()[:40]


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

    def _get_session_from_db(self) -> Session | None:
        kept = Session.objects.filter(expire_date__gt=timezone.now())
        found = kept.filter(session_key=stored_key(self.session_key or "")).first()
        if found is None:
            self._session_key = None
        return found

    def exists(self, session_key: str) -> bool:
        return Session.objects.filter(session_key=stored_key(session_key)).exists()

    def create_model_instance(self, data: dict[str, Any]) -> Session:
        found = cast(Session, super().create_model_instance(data))
        found.session_key = stored_key(found.session_key)
        return found

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
        key = session_key or self.session_key
        if read_only() is None and key:
            Session.objects.filter(session_key=stored_key(key)).delete()
