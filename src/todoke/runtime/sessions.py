"""Sessions 接続の記憶: in the database; while nothing can be written, a new one lies signed in the person's own cookie.

So staff may sign in during an outage. Such a session opens nothing any more once the house works as usual.
"""

from datetime import timedelta
from typing import Any

from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.core import signing

from todoke.runtime.read_only_mode import showing

MARK = "showing."
SALT = "todoke.runtime.sessions"
VALID = timedelta(hours=4)


class SessionStore(db.SessionStore):
    """Reads and writes rows as usual, and never writes one while nothing may be written."""

    @classmethod
    def get_model_class(cls) -> type[Session]:
        return Session

    def load(self) -> dict[str, Any]:
        key = self.session_key or ""
        if not key.startswith(MARK):
            found: dict[str, Any] = super().load()
            return found
        try:
            sealed: dict[str, Any] = signing.loads(key.removeprefix(MARK), salt=SALT, max_age=VALID)
        except signing.BadSignature:
            sealed = {}
        if showing() is None or not sealed:
            self._session_key = None
            return {}
        return sealed

    def create(self) -> None:
        if showing() is None:
            super().create()
        else:
            self.save()

    def save(self, must_create: bool = False) -> None:
        if showing() is None:
            super().save(must_create)
            return
        data = self._get_session(no_load=must_create)  # type: ignore[attr-defined] # Django has it, its stubs do not
        self._session_key = MARK + signing.dumps(data, salt=SALT, compress=True)
        self.modified = True

    def delete(self, session_key: str | None = None) -> None:
        if showing() is None:
            super().delete(session_key)
