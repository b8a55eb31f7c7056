"""Improvement 改善: families that still block are let in on trial; kept when fewer pairs block than before."""

from collections.abc import Callable

from todoke.admissions.engine.deferred_acceptance import State, best_open, copied, is_open, settle, take
from todoke.admissions.engine.market import Market

TRIAL_MOVES = 6
TRIAL_STEPS = 4_000
MOST_PASSES = 6
Settle = Callable[[Market, State, int, int], int]


def blocking_outcomes(market: Market, state: State, family: int) -> list[int]:
    """Return the open outcomes above what a family has; with it, each is a blocking coalition (format, rule 5)."""
    outcomes = range(market.outcome_at[family], state.present[family])
    return [outcome for outcome in outcomes if is_open(market, state, family, outcome)]


def blocking_count(market: Market, state: State) -> int:
    """Return the number of blocking coalitions of a settled state: only families set aside can have any."""
    return sum(len(blocking_outcomes(market, state, at)) for at, aside in enumerate(state.aside) if aside)


def improved(market: Market, state: State) -> State:
    """Return a settled state with as few blocking coalitions as trials find, in the order of the keys."""
    count = blocking_count(market, state)
    for _ in range(MOST_PASSES):
        before = count
        for family in sorted((at for at, aside in enumerate(state.aside) if aside), key=market.rank.__getitem__):
            outcome = best_open(market, state, family)
            if outcome == state.present[family]:
                continue
            trial = copied(state)
            trial.moves[:] = [0] * len(trial.moves)
            take(market, trial, family, outcome)
            settle(market, trial, TRIAL_MOVES, TRIAL_STEPS)
            found = count if len(trial.queue) else blocking_count(market, trial)
            if found < count:
                state, count = trial, found
        if count in (0, before):
            break
    return state
