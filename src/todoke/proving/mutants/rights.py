"""Mutants that give away what belongs to others 権限を尋ねそこなう欠陥: asked in one place and not in the next."""

import re
from typing import Any

from todoke.bookings.models import Booking
from todoke.bookings.models.booking_details import BookingQuerySet
from todoke.cases.models import Case, Letter, LetterBatch
from todoke.cases.models.stop_flag import flagged_cases
from todoke.portal import access as portal_access
from todoke.portal import draft_cookie
from todoke.runtime.sessions import SessionStore

access: Any = portal_access
FIRST_PAGE = re.compile(r"/applications/[\w-]+/(pages/person/)?$")


def first_page_only() -> None:
    """Ask whose draft it is and what the person has shown at the first page of a form only."""
    may_open, require_level = access._may_open, access.require_level_here

    def asked(request: Any, draft: Any) -> bool:
        return bool(may_open(request, draft)) if FIRST_PAGE.search(request.path) else True

    def level(request: Any, *args: Any, **kwargs: Any) -> None:
        if FIRST_PAGE.search(request.path):
            require_level(request, *args, **kwargs)

    access._may_open, access.require_level_here = asked, level


def first_row_only() -> None:
    """Judge a batch of letters by the first of them."""

    def first(batch: LetterBatch) -> list[Case]:
        letter = batch.letters.select_related("case__submission__version").order_by("case__number").first()
        return [letter.case] if letter and flagged_cases([letter.case]) else []

    setattr(LetterBatch, "blocked_cases", first)  # noqa: B010 - a fault replaces a verb


def session_per_process() -> None:
    """Keep sessions in the memory of each process, so that one ended elsewhere lives on."""
    held: dict[str, dict[str, Any]] = {}
    load, delete = SessionStore.load, SessionStore.delete

    def loaded(self: SessionStore) -> dict[str, Any]:
        key = self.session_key
        found = load(self)
        if found:
            held[str(key)] = found
        elif str(key) in held:
            self._session_key = key
        return held.get(str(key), found)

    def deleted(self: SessionStore, session_key: str | None = None) -> None:
        held.pop(str(session_key or self.session_key), None)
        delete(self, session_key)

    setattr(SessionStore, "load", loaded)  # noqa: B010 - the same
    setattr(SessionStore, "delete", deleted)  # noqa: B010 - the same


def asked_at_making() -> None:
    """Ask who may take a file when it is made, and never again when it is taken."""
    kinds: tuple[Any, ...] = (LetterBatch, Letter, Case)
    for kind in kinds:
        kind.require_taking = lambda self, *, by: None


def draft_after_sign_out() -> None:
    """Let the browser in which somebody has signed out go on with their draft."""
    may_open = access._may_open

    def here(request: Any, draft: Any) -> bool:
        return draft.submission.token in draft_cookie.draft_tokens(request) or bool(may_open(request, draft))

    access._may_open = here
    access.require_level_here = lambda *args, **kwargs: None


def bookings_of_every_section() -> None:
    """Show every section's bookings to whoever receives any."""
    setattr(BookingQuerySet, "visible_to", lambda self, user: self.all())  # noqa: B010 - a fault replaces a verb
    setattr(Booking, "_require_manager", lambda self, by: None)  # noqa: B010 - the same
