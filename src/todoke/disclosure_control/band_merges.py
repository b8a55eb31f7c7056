"""Band merges 区分のまとめ: which neighbouring bands are joined so that the fewest have to be hidden."""

from collections.abc import Collection, Sequence

from todoke.disclosure_control.small_cells import LEAST, NotPublishable, suppress_row


def merged(names: Sequence[str], counts: Sequence[int], joins: Collection[int]) -> tuple[list[str], list[int]]:
    """Return names and counts after each band in ``joins`` was joined with the one before it; 0 joins nothing."""
    found_names, found_counts = list[str](), list[int]()
    for at, (name, count) in enumerate(zip(names, counts, strict=True)):
        if at in joins and found_names:
            found_names[-1] = f"{found_names[-1]}・{name}"
            found_counts[-1] += count
        else:
            found_names.append(name)
            found_counts.append(count)
    return found_names, found_counts


def _hidden(counts: Sequence[int], joins: Collection[int], least: int) -> int:
    """Return how many bands are hidden after the joins; more than there are where the row cannot be published."""
    _, joined = merged(["" for _ in counts], counts, joins)
    try:
        found = suppress_row(joined, least=least)
    except NotPublishable:
        return len(counts) + 1
    return len(found.hidden) if found.publishable else len(counts) + 1


def propose_joins(counts: Sequence[int], *, fixed: Collection[int] = (), least: int = LEAST) -> list[int]:
    """Return the joins to propose: step by step the one that leaves the fewest bands hidden, a person decides.

    Bands in ``fixed`` (such as one of people who gave none) are not joined with the one before.
    """
    joins = set[int]()
    now = _hidden(counts, joins, least)
    while now:
        choices = [at for at in range(1, len(counts)) if at not in joins and at not in fixed]
        tried = [(_hidden(counts, {*joins, at}, least), counts[at] + counts[at - 1], at) for at in choices]
        if not tried:
            return sorted(joins)
        best = min(tried)
        joins.add(best[2])
        now = best[0]
    return sorted(joins)
