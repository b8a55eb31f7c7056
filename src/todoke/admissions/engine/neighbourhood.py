"""Neighbourhood 近傍: the families that are placed anew together, and what all others hold them to."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from todoke.admissions.engine.deferred_acceptance import State, is_open
from todoke.admissions.engine.improvement import blocking_outcomes
from todoke.admissions.engine.market import PLACE_MASK, Market

WHOLE_MARKET = 60
LARGEST = 600


class Neighbourhood(NamedTuple):
    """近傍: ``blocking`` families, the ``free`` ones that may move, and whether these are the whole market."""

    blocking: list[int]
    free: list[int]
    is_whole: bool


class Claim(NamedTuple):
    """席の要求: ``need`` better claims than ``key`` must sit in a pool, or somebody who stays outside would block."""

    pool: int
    key: int
    need: int


def uses_of(market: Market, outcome: int) -> Iterator[tuple[int, int]]:
    """Yield (pool, key) of an outcome."""
    for use in range(market.use_at[outcome], market.use_at[outcome + 1]):
        yield market.use_pool[use], market.use_key[use]


def applications(market: Market, outcome: int) -> dict[int, tuple[int, int]]:
    """Return pool → (worst own key, number of members) of an outcome."""
    found: dict[int, tuple[int, int]] = {}
    for pool, key in uses_of(market, outcome):
        worst, members = found.get(pool, (0, 0))
        found[pool] = max(worst, key), members + 1
    return found


def seated_keys(market: Market, state: State, pool: int) -> list[int]:
    """Return the keys that sit in a pool, best first."""
    low = market.seat_at[pool]
    return list(state.seats[low : low + state.seated[pool]])


def _pools(market: Market, family: int, last: int) -> set[int]:
    first, end = market.use_at[market.outcome_at[family]], market.use_at[last]
    return set(market.use_pool[first:end])


def neighbourhoods(market: Market, state: State) -> Iterator[Neighbourhood]:
    """Yield the groups of blocking families that pools connect, in the order of the keys; or the whole small market."""
    blocking = [at for at, aside in enumerate(state.aside) if aside and blocking_outcomes(market, state, at)]
    blocking.sort(key=market.rank.__getitem__)
    if not blocking:
        return
    if len(market.rank) <= WHOLE_MARKET:
        yield Neighbourhood(blocking, sorted(range(len(market.rank)), key=market.rank.__getitem__), is_whole=True)
        return
    groups: list[tuple[list[int], set[int]]] = []
    for family in blocking:
        pools, members = _pools(market, family, market.outcome_at[family + 1]), [family]
        apart = []
        for others, shared in groups:
            if shared & pools:
                members, pools = [*others, *members], shared | pools
            else:
                apart.append((others, shared))
        groups = [*apart, (members, pools)]
    for members, pools in groups:
        free = _concerned(market, state, pools)
        if len(free) > LARGEST:
            near = {pool for each in members for pool in _near_pools(market, state, each)}
            free = _concerned(market, state, near)
        yield Neighbourhood(members, sorted(free, key=market.rank.__getitem__), is_whole=False)


def _near_pools(market: Market, state: State, family: int) -> Iterator[int]:
    """Yield the pools of what a family has and of what it blocks with."""
    for outcome in (*blocking_outcomes(market, state, family), state.present[family]):
        yield from (pool for pool, _ in uses_of(market, outcome))


def _concerned(market: Market, state: State, pools: Iterable[int]) -> set[int]:
    """Return every family that lists one of the pools or sits there."""
    found: set[int] = set()
    for pool in pools:
        found |= set(market.ask_family[market.ask_at[pool] : market.ask_at[pool + 1]])
        found |= {market.family_of[key & PLACE_MASK] for key in seated_keys(market, state, pool)}
    return found


def outside_claims(market: Market, state: State, free: set[int], touched: list[int]) -> list[Claim]:
    """Return what must stay so that nobody outside comes to block: per pool, only the claims that no other implies."""
    inside = {pool: [k for k in seated_keys(market, state, pool) if _family(market, k) in free] for pool in touched}
    found: dict[int, list[tuple[int, int]]] = {pool: [] for pool in touched}
    asked = {
        family
        for pool in touched
        for family in market.ask_family[market.ask_at[pool] : market.ask_at[pool + 1]]
        if family not in free
    }
    for family in asked:
        for outcome in range(market.outcome_at[family], state.present[family]):
            refusing = list(_refusing(market, state, family, outcome))
            if refusing and all(claim.pool in found for claim in refusing):
                claim = refusing[0]
                seated = seated_keys(market, state, claim.pool)
                held = sum(_family(market, key) not in free | {family} for key in seated if key < claim.key)
                found[claim.pool].append((claim.key, claim.need - held))
    return [Claim(pool, key, need) for pool in touched for key, need in _strongest(found[pool]) if inside[pool]]


def _family(market: Market, key: int) -> int:
    return market.family_of[key & PLACE_MASK]


def _refusing(market: Market, state: State, family: int, outcome: int) -> Iterator[Claim]:
    """Yield what refuses an outcome now, pool by pool."""
    if is_open(market, state, family, outcome):
        return
    for pool, (worst, members) in applications(market, outcome).items():
        seated = seated_keys(market, state, pool)
        better = sum(_family(market, key) != family for key in seated[: bisect_left(seated, worst)])
        need = market.capacity[pool] - members + 1
        if better >= need:
            yield Claim(pool, worst, need)


def _strongest(claims: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    most = 0
    for key, need in sorted(claims, key=lambda claim: (claim[0], -claim[1])):
        if need > most:
            most = need
            yield key, need
