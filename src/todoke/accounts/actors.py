"""Actors 行為者: whoever an act is named after with ``by=``: a person, a guest, or the program itself."""

from dataclasses import dataclass

from todoke.accounts.models import User


@dataclass(frozen=True)
class Guest:
    """A resident without an account (未登録の申請者), known only by what they hold, such as a receipt number."""

    label: str = "申請者"


@dataclass(frozen=True)
class System:
    """The program acting by itself (システム), for example the worker or an import."""

    label: str = "システム"


Actor = User | Guest | System


def user_of(actor: Actor) -> User | None:
    """Return the account behind an actor, or None for guests and the program."""
    return actor if isinstance(actor, User) else None


def label_of(actor: Actor) -> str:
    """Return how an actor is written in histories. Never an e-mail address."""
    return actor.name if isinstance(actor, User) else actor.label
