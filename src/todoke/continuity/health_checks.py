"""Examination 点検: what an installation must have, asked of the installation itself, in plain words."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    """How a point stands (点検の結果)."""

    FINE = "良好"
    NOTICE = "注意"
    DANGER = "危険"


@dataclass(frozen=True)
class Finding:
    """One point of the examination: what was seen, and what to do next when it is not fine."""

    state: State
    seen: str
    do: str = ""


Check = Callable[[], Finding]


@dataclass(frozen=True)
class Line:
    """A finding with the name of its point (点検の一行)."""

    group: str
    name: str
    finding: Finding


def fine(seen: str) -> Finding:
    return Finding(State.FINE, seen)


def notice(seen: str, do: str) -> Finding:
    return Finding(State.NOTICE, seen, do)


def danger(seen: str, do: str) -> Finding:
    return Finding(State.DANGER, seen, do)


def examine(groups: dict[str, dict[str, Check]]) -> list[Line]:
    """Ask every point. One that cannot be asked is a danger of its own; nothing is left out in silence."""
    lines = []
    for group, checks in groups.items():
        for name, check in checks.items():
            try:
                finding = check()
            except Exception as problem:  # whatever goes wrong in a check is itself what the operator must see
                finding = danger(f"確かめられませんでした({type(problem).__name__}: {str(problem)[:200]})", UNKNOWN)
            lines.append(Line(group, name, finding))
    return lines


UNKNOWN = "原因を直してから、もう一度 ./todoke doctor を実行してください。"


def worst(lines: list[Line]) -> State:
    """Return the gravest state among the lines."""
    order = list(State)
    return max((line.finding.state for line in lines), key=order.index, default=State.FINE)
