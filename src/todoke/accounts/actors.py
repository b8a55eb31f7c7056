"""Actors 行為者: who performs an act, passed as ``by=``: an account, a guest, or the system itself."""

from dataclasses import dataclass

from todoke.accounts.models import User


@dataclass(frozen=True)
class Guest:
    """A resident without an account (未登録の申請者), identified by something they hold, such as a receipt number."""

    label: str = "申請者"


@dataclass(frozen=True)
class System:
    """The system acting by itself (システム), for example the worker or an import."""

    label: str = "システム"


Actor = User | Guest | System


def user_of(actor: Actor) -> User | None:
    """Return the account of an actor, or None for guests and the system."""
    return actor if isinstance(actor, User) else None


def label_of(actor: Actor) -> str:
    """Return the name of an actor for histories; never an e-mail address."""
    return actor.name if isinstance(actor, User) else actor.label
