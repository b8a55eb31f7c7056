"""How one list is filled, and by whom it is looked at."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tests import cast
from tests.cast import meetings
from todoke.accounts.models import User
from todoke.lists.row_list import RowList

Numbers = range


@dataclass(frozen=True)
class Filling:
    """How one list is filled: ``begin`` returns the person and what rows need, ``add`` makes rows by number.

    ``place`` tells from that the address of a list that belongs to one thing; ``section_only`` where other sections
    see nothing.
    """

    made: type[RowList[Any]]
    begin: Callable[[], tuple[User, Any]]
    add: Callable[[Any, Numbers], object]
    section_only: bool = False
    most: int = 60
    place: Callable[[Any], dict[str, Any]] = lambda needed: {}

    def rows(self, person: User, needed: Any) -> RowList[Any]:
        """Return the list for a person."""
        return self.made.at(person, self.place(needed))


def secretary_with(of: Callable[[User], Any]) -> Callable[[], tuple[User, Any]]:
    """Return a beginning by somebody of headquarters."""

    def begin() -> tuple[User, Any]:
        by = meetings.secretary()
        return by, of(by)

    return begin


def clerk_alone() -> tuple[User, Any]:
    """Return a clerk, who is all that the rows need."""
    by = cast.clerk()
    return by, by
