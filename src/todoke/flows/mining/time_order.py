"""Time order 時刻順: rows of groups in the order of their times, and quantiles of the times of each group."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from todoke.flows.mining.iso_times import Numbers
from todoke.lazy_modules import np

if TYPE_CHECKING:
    import numpy.typing as npt

_LARGEST = 2**63
Groups: TypeAlias = "npt.NDArray[np.integer[Any]]"


def time_order(group: Groups, time: Numbers) -> Numbers | slice:
    """Return what puts rows in the order of (group, time, place); groups are not negative.

    Rows that stand so already are left as they are.
    """
    if not len(time):
        return slice(None)
    earliest, latest = int(time.min()), int(time.max())
    unit = 1 if (time % 1000).any() else 1000
    reach = (latest - earliest) // unit + 1
    if reach * (int(group.max()) + 1) >= _LARGEST:
        return np.lexsort((time, group))
    key = group.astype(np.int64) * reach + (time - earliest) // unit
    return slice(None) if (key[1:] >= key[:-1]).all() else np.argsort(key, kind="stable")


class GroupQuantiles(NamedTuple):
    """分位数: the groups that there are, in order, and the number, median and 95th percentile of each."""

    group: Groups
    size: Numbers
    median: npt.NDArray[np.float64]
    p95: npt.NDArray[Any]


def group_quantiles(group: Groups, values: Numbers, unit: int = 1) -> GroupQuantiles:
    """Return the quantiles of the values of each group, as multiples of ``unit``; groups are not negative.

    Of an even number the median lies between the two in the middle; the percentile is the nearest value.
    """
    group, values = _sorted(group.astype(np.int64), values)
    first = np.flatnonzero(np.append(True, group[1:] != group[:-1])[: len(group)])
    count = np.diff(np.append(first, len(group)))
    low, high = values[first + (count - 1) // 2] / unit, values[first + count // 2] / unit
    nearest = np.floor((count - 1) * 0.95 + 0.5).astype(np.int64)
    return GroupQuantiles(group[first], count, low + (high - low) * 0.5, values[first + nearest] / unit)


def _sorted(group: Numbers, values: Numbers) -> tuple[Numbers, Numbers]:
    """Return groups and values in the order of both."""
    if not len(values):
        return group, values
    least = int(values.min())
    reach = int(values.max()) - least + 1
    if reach * (int(group.max()) + 1) >= _LARGEST:
        order = np.lexsort((values, group))
        return group[order], values[order]
    group, values = np.divmod(np.sort(group * reach + (values - least)), reach)
    return group, values + least
