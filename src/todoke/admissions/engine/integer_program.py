"""Integer program 整数計画: a small program over binary columns, minimised by HiGHS (MIT) the same way every time.

Limits are nodes and iterations, never seconds, so that two runs end alike.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from todoke.lazy_modules import highspy, np

MOST_ITERATIONS = 400_000


class Solved(NamedTuple):
    """解: the values of the columns (empty if none were found), and a proven lower bound of the objective."""

    values: list[float]
    bound: float


class IntegerProgram:
    """Columns and rows under construction; columns are binary unless said otherwise."""

    def __init__(self) -> None:
        self.costs: list[float] = []
        self.uppers: list[float] = []
        self.whole: list[bool] = []
        self.lows: list[float] = []
        self.highs: list[float] = []
        self.entries: list[tuple[int, int, float]] = []

    def column(self, cost: float = 0.0, *, whole: bool = True, upper: float = 1.0) -> int:
        """Add a column and return its number."""
        self.costs.append(cost)
        self.whole.append(whole)
        self.uppers.append(upper)
        return len(self.costs) - 1

    def row(self, low: float, high: float, terms: Sequence[tuple[int, float]]) -> int:
        """Add the row ``low`` ≤ Σ value · column ≤ ``high``; a column named twice counts twice. Return its number."""
        number, summed = len(self.lows), dict[int, float]()
        for column, value in terms:
            summed[column] = summed.get(column, 0.0) + value
        self.entries += [(column, number, value) for column, value in summed.items()]
        self.lows.append(low)
        self.highs.append(high)
        return number

    def minimised(self, start: Sequence[float], most_nodes: int) -> Solved:
        """Return the best values found from a complete start; objectives are integers, so a gap below one is closed."""
        solver = highspy.Highs()  # type: ignore[no-untyped-call] # the library's own types leave it out
        for option, setting in (
            ("output_flag", False), ("random_seed", 1), ("threads", 1), ("mip_rel_gap", 0.0), ("mip_abs_gap", 0.9),
            ("mip_max_nodes", most_nodes), ("simplex_iteration_limit", MOST_ITERATIONS), ("parallel", "off"),
        ):  # fmt: skip
            solver.setOptionValue(option, setting)
        solver.passModel(self._written())
        first = highspy.HighsSolution()
        first.col_value = list(start)
        solver.setSolution(first)
        solver.run()
        info = solver.getInfo()
        values = list(solver.getSolution().col_value) if np.isfinite(info.objective_function_value) else []
        bound = info.mip_dual_bound
        return Solved(values, float(bound) if np.isfinite(bound) and abs(bound) < highspy.kHighsInf else 0.0)

    def _written(self) -> highspy.HighsLp:
        number = len(self.costs)
        entries = np.array(self.entries, dtype=float).reshape(-1, 3)
        entries = entries[np.lexsort((entries[:, 1], entries[:, 0]))]
        counts = np.bincount(entries[:, 0].astype(int), minlength=number)
        lp = highspy.HighsLp()
        lp.num_col_, lp.num_row_ = number, len(self.lows)
        lp.col_cost_ = np.array(self.costs)
        lp.col_lower_, lp.col_upper_ = np.zeros(number), np.array(self.uppers)
        lp.row_lower_, lp.row_upper_ = np.array(self.lows), np.array(self.highs)
        lp.a_matrix_.format_ = highspy.MatrixFormat.kColwise
        lp.a_matrix_.start_ = np.concatenate([[0], np.cumsum(counts)])
        lp.a_matrix_.index_ = entries[:, 1].astype(int)
        lp.a_matrix_.value_ = entries[:, 2]
        lp.integrality_ = [
            highspy.HighsVarType.kInteger if whole else highspy.HighsVarType.kContinuous for whole in self.whole
        ]
        lp.sense_ = highspy.ObjSense.kMinimize
        return lp
