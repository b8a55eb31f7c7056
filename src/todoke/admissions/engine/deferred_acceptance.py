"""Deferred acceptance 受入保留: families take their best open outcome and put out who has the weaker claim.

Written over flat arrays of integers, so that a compiler can take this very source (``compiled_kernel``); what differs
there are only the functions on sorted stretches and on the queue. The queue holds ranks of families; nothing here
reads the order of a file.
"""

from bisect import bisect_left, bisect_right
from heapq import heappop, heappush
from typing import NamedTuple

from todoke.admissions.engine.market import PLACE_MASK, Market

MOST_MOVES = 60
NO_LIMIT = 1 << 62


class State(NamedTuple):
    """配置の途中: who sits where, and who is to be asked again. ``present`` of a family put out is beyond its last."""

    seats: list[int]
    seated: list[int]
    present: list[int]
    moves: list[int]
    aside: list[int]
    queued: list[int]
    queue: list[int]
    lost: list[int]
    """Scratch: pools and keys of the seats that a step freed, behind their number."""


def new_state(market: Market) -> State:
    """Return the state in which nobody is seated, not even those enrolled, and everybody is to be asked."""
    families = len(market.rank)
    return State(
        seats=[0] * market.seat_at[-1],
        seated=[0] * len(market.capacity),
        present=market.outcome_at[1:],
        moves=[0] * families,
        aside=[0] * families,
        queued=[1] * families,
        queue=list(range(families)),
        lost=[0] * (2 * scratch_length(market) + 1),
    )


def scratch_length(market: Market) -> int:
    """Return how many seats one step can free at most: the family's own, and a whole family's for each it takes."""
    return market.longest * (market.longest + 2) + 1


def copied(state: State) -> State:
    """Return a copy that a trial may change."""
    return State(*(each.copy() for each in state))


def push(queue: list[int], rank: int) -> None:
    heappush(queue, rank)


def pop(queue: list[int]) -> int:
    return heappop(queue)


def is_waiting(queue: list[int]) -> bool:
    return len(queue) > 0


def insert(seats: list[int], low: int, high: int, key: int) -> None:
    """Put a key into the sorted stretch from ``low`` to ``high``, which has room behind it."""
    at = bisect_left(seats, key, low, high)
    seats[at + 1 : high + 1] = seats[at:high]
    seats[at] = key


def remove(seats: list[int], low: int, high: int, key: int) -> None:
    """Take a key out of the sorted stretch from ``low`` to ``high``."""
    at = bisect_left(seats, key, low, high)
    seats[at : high - 1] = seats[at + 1 : high]


def own_before(market: Market, state: State, family: int, pool: int, key: int) -> int:
    """Return how many of its own members a family has seated in a pool with a key better than ``key``."""
    present = state.present[family]
    found = 0
    if present < market.outcome_at[family + 1]:
        for use in range(market.use_at[present], market.use_at[present + 1]):
            if market.use_pool[use] == pool and market.use_key[use] < key:
                found += 1
    return found


def is_open(market: Market, state: State, family: int, outcome: int) -> bool:
    """Return whether every pool of an outcome has room behind the better claims of other families (format, rule 5)."""
    last = market.use_at[outcome + 1]
    members = 0
    for use in range(market.use_at[outcome], last):
        members += 1
        pool = market.use_pool[use]
        if use + 1 < last and market.use_pool[use + 1] == pool:
            continue
        room = market.capacity[pool] - members
        if state.seated[pool] > room:
            key, low = market.use_key[use], market.seat_at[pool]
            better = bisect_left(state.seats, key, low, low + state.seated[pool]) - low
            if better > room and better - own_before(market, state, family, pool, key) > room:
                return False
        members = 0
    return True


def best_open(market: Market, state: State, family: int) -> int:
    """Return the best open outcome above the present one, or the present one."""
    for outcome in range(market.outcome_at[family], state.present[family]):
        if is_open(market, state, family, outcome):
            return outcome
    return state.present[family]


def leave(market: Market, state: State, family: int) -> None:
    """Give up all seats of a family, noting each in ``lost``."""
    present = state.present[family]
    if present < market.outcome_at[family + 1]:
        for use in range(market.use_at[present], market.use_at[present + 1]):
            pool, key = market.use_pool[use], market.use_key[use]
            low = market.seat_at[pool]
            remove(state.seats, low, low + state.seated[pool], key)
            state.seated[pool] -= 1
            number = state.lost[0]
            state.lost[2 * number + 1], state.lost[2 * number + 2] = pool, key
            state.lost[0] = number + 1
    state.present[family] = market.outcome_at[family + 1]


def put_out_worst(market: Market, state: State, family: int, pool: int) -> None:
    """Put out the family of the worst child of another family in a pool: it loses all its seats and is asked again."""
    at = market.seat_at[pool] + state.seated[pool] - 1
    other = market.family_of[state.seats[at] & PLACE_MASK]
    while other == family:
        at -= 1
        other = market.family_of[state.seats[at] & PLACE_MASK]
    leave(market, state, other)
    call(market, state, other)


def call(market: Market, state: State, family: int) -> None:
    """Queue a family unless it waits already."""
    if state.queued[family] == 0:
        state.queued[family] = 1
        push(state.queue, market.rank[family])


def take(market: Market, state: State, family: int, outcome: int) -> None:
    """Seat a family at an outcome; whoever is beyond the capacity is put out, and who may now do better is asked.

    So is the family itself where it has several children: whom it put out counted against it, its own seats do not.
    """
    state.lost[0] = 0
    leave(market, state, family)
    for use in range(market.use_at[outcome], market.use_at[outcome + 1]):
        pool = market.use_pool[use]
        low = market.seat_at[pool]
        insert(state.seats, low, low + state.seated[pool], market.use_key[use])
        state.seated[pool] += 1
    state.present[family] = outcome
    for use in range(market.use_at[outcome], market.use_at[outcome + 1]):
        pool = market.use_pool[use]
        while state.seated[pool] > market.capacity[pool]:
            put_out_worst(market, state, family, pool)
    for number in range(state.lost[0]):
        ask_again(market, state, state.lost[2 * number + 1], state.lost[2 * number + 2])
    if market.rank[family] >= market.singles and outcome > market.outcome_at[family]:
        call(market, state, family)


def ask_again(market: Market, state: State, pool: int, freed: int) -> None:
    """Queue everybody who prefers a use of this pool with a key between the freed one and the last one seated."""
    low = market.seat_at[pool]
    high = low + state.seated[pool]
    last = NO_LIMIT
    if state.seated[pool] >= market.capacity[pool]:
        if high == low:
            return
        last = state.seats[high - 1]
        if freed > last:
            return
    at = bisect_left(state.seats, freed, low, high)
    if at < high and state.seats[at] == freed:
        return
    end = market.ask_at[pool + 1]
    at = bisect_right(market.ask_key, freed, market.ask_at[pool], end)
    while at < end and market.ask_key[at] < last:
        family = market.ask_family[at]
        if market.ask_outcome[at] < state.present[family]:
            call(market, state, family)
        at += 1


def settle(market: Market, state: State, most_moves: int, most_steps: int) -> int:
    """Ask everybody who waits, until nobody does or the steps are used up; return the number of steps.

    Who has moved more than ``most_moves`` times is set aside: it keeps what it has, and takes its fallback, which is
    always open, when it is put out.
    """
    steps = 0
    while is_waiting(state.queue) and steps < most_steps:
        family = market.by_rank[pop(state.queue)]
        state.queued[family] = 0
        end = market.outcome_at[family + 1]
        if state.aside[family] == 0 and state.moves[family] > most_moves:
            state.aside[family] = 1
        if state.aside[family] == 1:
            wanted = state.present[family] if state.present[family] < end else end - 1
        else:
            wanted = best_open(market, state, family)
        if wanted != state.present[family]:
            steps += 1
            state.moves[family] += 1
            take(market, state, family, wanted)
    return steps
