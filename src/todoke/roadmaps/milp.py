"""MILP 整数計画: the problem as a mixed-integer linear program, solved in process by HiGHS (MIT), with a dual bound."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from todoke.lazy_modules import highspy, np
from todoke.roadmaps.problem import Problem, Work, free_capacity, quarterly_load, relieved_minutes

CLOSE_ENOUGH = 0.0001
_SCALE = 1e4


def start_columns(problem: Problem) -> list[tuple[Work, int]]:
    """Return the binary variables: every work with every quarter in which it can start."""
    return [
        (work, start)
        for work in problem.works
        if work.fixed is None
        for start in range(work.ready, problem.quarters - work.length + 1)
    ]


@dataclass
class _Rows:
    """Constraint rows under construction: coefficients (column, row, value), and the upper limit of each row."""

    upper: list[float] = field(default_factory=list)
    entries: list[tuple[int, int, float]] = field(default_factory=list)

    def add(self, limit: float, terms: Sequence[tuple[int, float]]) -> None:
        if terms:
            self.entries += [(column, len(self.upper), value) for column, value in terms]
            self.upper.append(limit)


class Program:
    """The program: each work starts at most once, within capacities, after its predecessors have opened."""

    def __init__(self, problem: Problem, columns: list[tuple[Work, int]]) -> None:
        self.problem, self.columns = problem, columns
        self.place = {(work.key, start): at for at, (work, start) in enumerate(columns)}
        self.rows = _Rows()
        self.fixed = {work.key: work for work in problem.works if work.fixed is not None}
        self._once()
        self._capacities()
        self._orders()

    def _once(self) -> None:
        by_work: dict[str, list[tuple[int, float]]] = {}
        for at, (work, _) in enumerate(self.columns):
            by_work.setdefault(work.key, []).append((at, 1.0))
        for terms in by_work.values():
            self.rows.add(1.0, terms)

    def _capacities(self) -> None:
        started = {key: work.fixed for key, work in self.fixed.items() if work.fixed is not None}
        left = free_capacity(self.problem, started)
        terms: dict[tuple[str, int], list[tuple[int, float]]] = {}
        for at, (work, start) in enumerate(self.columns):
            for section, months in quarterly_load(self.problem, work):
                for quarter in range(start, start + work.length):
                    terms.setdefault((section, quarter), []).append((at, months))
        for (section, quarter), found in terms.items():
            self.rows.add(max(0.0, left[section][quarter]), found)

    def _orders(self) -> None:
        """Add precedence: a work has started by a quarter only if its predecessors have opened by then."""
        by_key = {work.key: work for work in self.problem.works}
        for work in self.problem.works:
            if work.fixed is not None:
                continue
            for key in work.after:
                for quarter in range(self.problem.quarters):
                    self._order(work, by_key.get(key), quarter)

    def _order(self, work: Work, before: Work | None, quarter: int) -> None:
        begun = [(self.place[work.key, start], 1.0) for start in range(quarter + 1) if (work.key, start) in self.place]
        if before is None:
            self.rows.add(0.0, begun)
        elif before.fixed is not None:
            self.rows.add(1.0 if before.fixed + before.length <= quarter else 0.0, begun)
        else:
            opened = range(max(0, quarter - before.length + 1))
            self.rows.add(
                0.0,
                begun + [(self.place[before.key, at], -1.0) for at in opened if (before.key, at) in self.place],
            )

    def solve(self, first: Mapping[str, int], seconds: float) -> tuple[dict[str, int], float]:
        """Return starting quarters by work key, and the upper bound of relieved minutes."""
        values = np.array([relieved_minutes(self.problem, work, start) for work, start in self.columns])
        scale = _SCALE / (float(values.max()) or 1.0)
        solver = highspy.Highs()  # type: ignore[no-untyped-call] # the library's own types leave it out
        for option, setting in (
            ("output_flag", False), ("time_limit", max(0.5, seconds)), ("mip_rel_gap", CLOSE_ENOUGH),
            ("random_seed", 1), ("threads", 1),
        ):  # fmt: skip
            solver.setOptionValue(option, setting)
        solver.passModel(self._written(values * scale))
        begin = highspy.HighsSolution()
        begin.col_value = [float(first.get(work.key) == start) for work, start in self.columns]
        solver.setSolution(begin)
        solver.run()
        chosen = solver.getSolution().col_value
        starts = {work.key: start for (work, start), value in zip(self.columns, chosen, strict=True) if value > 0.5}
        bound = solver.getInfo().mip_dual_bound / scale
        return starts, bound if np.isfinite(bound) else float(values.sum())

    def _written(self, values: np.ndarray[tuple[int], np.dtype[np.float64]]) -> highspy.HighsLp:
        number = len(self.columns)
        entries = sorted(self.rows.entries)
        counts = np.bincount([column for column, _, _ in entries], minlength=number)
        lp = highspy.HighsLp()
        lp.num_col_, lp.num_row_ = number, len(self.rows.upper)
        lp.col_cost_ = values
        lp.col_lower_, lp.col_upper_ = np.zeros(number), np.ones(number)
        lp.row_lower_ = np.full(len(self.rows.upper), -highspy.kHighsInf)
        lp.row_upper_ = np.array(self.rows.upper)
        lp.a_matrix_.format_ = highspy.MatrixFormat.kColwise
        lp.a_matrix_.start_ = np.concatenate([[0], np.cumsum(counts)])
        lp.a_matrix_.index_ = np.array([row for _, row, _ in entries])
        lp.a_matrix_.value_ = np.array([value for _, _, value in entries])
        lp.integrality_ = [highspy.HighsVarType.kInteger] * number
        lp.sense_ = highspy.ObjSense.kMaximize
        return lp
