"""Field states 欄の進みぐあい: what is known of a field, who may enter it next, and when it is settled. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from todoke.scans.recognition.routes import Route


@dataclass(frozen=True)
class Entry:
    """入力: a value that a person entered or accepted; ``settles`` where they saw two that differ and chose."""

    value: str
    person: int
    settles: bool = False


@dataclass(frozen=True)
class FieldState:
    """欄の進みぐあい: the value so far, whether it counts, and why not yet."""

    value: str
    is_settled: bool
    waits: str = ""
    differing: tuple[str, ...] = ()


def state_of(route: Route, text: str, entries: Sequence[Entry]) -> FieldState:
    """Return the state of a field by its route, the text that was read ("" where none) and what people entered."""
    last = entries[-1] if entries else None
    if last is not None and last.settles:
        return FieldState(last.value, True)
    if route is Route.DOUBLE:
        return _double(entries)
    if last is not None:
        return FieldState(last.value, True)
    return FieldState(text, route is Route.AUTO, "" if route is Route.AUTO else "まだ確かめていません")


def _double(entries: Sequence[Entry]) -> FieldState:
    by_person = {entry.person: entry.value for entry in entries}
    values = tuple(dict.fromkeys(by_person.values()))
    if len(by_person) < 2:
        said = "もう一人の入力を待っています" if by_person else "二人が別々に入力します"
        return FieldState("", False, said)
    if len(values) == 1:
        return FieldState(values[0], True)
    return FieldState("", False, "二人の入力が違います", values)


def may_enter(route: Route, entries: Sequence[Entry], person: int) -> bool:
    """Whether a person may enter the field now: of two, each enters once, and who comes third sees both."""
    people = {entry.person for entry in entries}
    return route is not Route.DOUBLE or len(people) > 1 or person not in people
