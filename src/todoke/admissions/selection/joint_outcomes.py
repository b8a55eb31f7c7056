"""Joint outcomes 世帯の希望順: from wishes and answers on siblings to what a family accepts, best first."""

from collections.abc import Iterator, Sequence
from itertools import product

Outcome = tuple[str | None, ...]
MOST = 5_000
"""Outcomes of one family that a round carries; more are named in the checks before the run."""


def outcome_count(wishes: Sequence[Sequence[str]]) -> int:
    """Return how many combinations a family's wishes give at most."""
    count = 1
    for own in wishes:
        count *= len(own) + 1
    return count


def joint_outcomes(wishes: Sequence[Sequence[str]], *, same: str, partial: str) -> list[Outcome]:
    """Return the outcomes that a family accepts, best first; None is no place.

    ``same`` is required, preferred or rank; ``partial`` is any, none or named:<index of the child>.
    """
    ranks = [{None: len(own) + 1, **{facility: rank for rank, facility in enumerate(own, 1)}} for own in wishes]
    accepted = [outcome for outcome in _combinations(wishes) if _accepts(outcome, same, partial)]

    def place(outcome: Outcome) -> tuple[int | tuple[int, ...], ...]:
        own = tuple(rank[facility] for rank, facility in zip(ranks, outcome, strict=True))
        apart = int(same == "preferred" and not _together(outcome))
        return outcome.count(None), apart, sum(own), max(own), own

    return sorted(accepted, key=place)


def _combinations(wishes: Sequence[Sequence[str]]) -> Iterator[Outcome]:
    for outcome in product(*[[*own, None] for own in wishes]):
        if any(facility is not None for facility in outcome):
            yield outcome


def _together(outcome: Outcome) -> bool:
    return len({facility for facility in outcome if facility is not None}) == 1


def _accepts(outcome: Outcome, same: str, partial: str) -> bool:
    if same == "required" and not _together(outcome):
        return False
    if None not in outcome or partial == "any":
        return True
    if partial == "none":
        return False
    named = int(partial.removeprefix("named:"))
    return all((facility is not None) == (at == named) for at, facility in enumerate(outcome))
