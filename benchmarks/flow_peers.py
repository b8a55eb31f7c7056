"""The peers of ``./todoke bench flows`` and ``flow_logs``, run by the Python of an environment of their own.

pm4py, r4pm, DuckDB and SimPy are measured and compared here; none is a dependency of the product (pm4py is AGPL-3.0).
"""

import json
import random
import resource
import sys
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Generator
from importlib import import_module
from importlib.metadata import version
from pathlib import Path
from typing import Any

CASE, ACTIVITY, TIME = "case:concept:name", "concept:name", "time:timestamp"


def cpu() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def answer(package: str, **figures: object) -> dict[str, object]:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"peer": f"{package} {version(package)}", **figures, "peak MB": round(peak)}


def mining_duckdb(path: str) -> dict[str, object]:
    """Map, variants and durations with SQL window functions."""
    import duckdb  # noqa: PLC0415 - a peer that may be missing

    base = duckdb.connect()
    base.execute(
        f"""CREATE TABLE e AS SELECT "{CASE}" c, "{ACTIVITY}" a, "{TIME}"::TIMESTAMPTZ t,
        row_number() OVER () s FROM read_csv('{path}')"""
    )
    before = cpu()
    edges = base.execute(
        """SELECT a, b, count(*), median(d) FROM (SELECT a, lead(a) OVER w b, lead(t) OVER w - t d FROM e
        WINDOW w AS (PARTITION BY c ORDER BY t, s)) WHERE b IS NOT NULL GROUP BY 1, 2"""
    ).fetchall()
    variants = base.execute(
        "SELECT v, count(*) FROM (SELECT string_agg(a, '>' ORDER BY t, s) v FROM e GROUP BY c) GROUP BY 1"
    ).fetchall()
    base.execute("SELECT c, max(t) - min(t) FROM e GROUP BY 1").fetchall()
    return answer("duckdb", edges=len(edges), variants=len(variants), seconds=cpu() - before)


def mining_pm4py(path: str) -> dict[str, object]:
    """Format, map, performance map and variants on a pandas table."""
    import pandas  # noqa: PLC0415 - a peer that may be missing
    import pm4py  # noqa: PLC0415 - a peer that may be missing

    table = pandas.read_csv(path, usecols=[CASE, ACTIVITY, TIME])
    table[TIME] = pandas.to_datetime(table[TIME], utc=True, format="mixed")
    before = cpu()
    log = pm4py.format_dataframe(table, case_id=CASE, activity_key=ACTIVITY, timestamp_key=TIME)
    edges, _, _ = pm4py.discover_dfg(log)
    pm4py.discover_performance_dfg(log)
    variants = pm4py.get_variants(log)
    return answer("pm4py", edges=len(edges), variants=len(variants), seconds=cpu() - before)


def aligning_pm4py(path: str, model: str) -> dict[str, object]:
    import pandas  # noqa: PLC0415 - a peer that may be missing
    import pm4py  # noqa: PLC0415 - a peer that may be missing

    table = pandas.read_csv(path)
    log = pm4py.format_dataframe(table, case_id=CASE, activity_key=ACTIVITY, timestamp_key=TIME)
    net = pm4py.convert_to_petri_net(pm4py.read_bpmn(model))
    before = cpu()
    found = pm4py.conformance_diagnostics_alignments(log, *net)
    took = cpu() - before
    fitness = sum(trace["fitness"] for trace in found) / len(found)
    return answer("pm4py", cases=len(found), fitness=round(fitness, 4), seconds=took)


def finish(office: list[list[float]], now: float, work: float) -> float:
    """The instant at which work begun now is done in office hours."""
    starts, ends, before = office
    i = bisect_right(ends, now)
    now = max(now, starts[i])
    wanted = before[i] + now - starts[i] + work
    i = max(bisect_left(before, wanted, i) - 1, i)
    return starts[i] + wanted - before[i]


def simulating_simpy(path: str) -> dict[str, object]:
    """The same arrivals, posts, shifts and laws; its own luck."""
    import simpy  # noqa: PLC0415 - a peer that may be missing

    inputs = json.loads(Path(path).read_text())
    office = [inputs[name][inputs["lows"][0] : inputs["highs"][0]] for name in ("starts", "ends", "before")]
    luck, spent = random.Random(1), []
    world = simpy.Environment()
    posts = [
        simpy.Resource(world, last - first) if last > first else None
        for first, last in zip(inputs["resource_lows"], inputs["resource_highs"], strict=True)
    ]

    def case(arrival: float) -> Generator[simpy.Event, Any, None]:
        yield world.timeout(arrival)
        row = inputs["entry"]
        while True:
            if inputs["resources"][row] >= 0 and inputs["maximums"][row] > 0:
                with posts[inputs["resources"][row]].request() as turn:
                    yield turn
                    work = luck.triangular(inputs["minimums"][row], inputs["maximums"][row], inputs["modes"][row])
                    yield world.timeout(finish(office, world.now, work) - world.now)
            first, last = inputs["out_lows"][row], inputs["out_highs"][row]
            if first == last:
                break
            u = luck.random()
            row = next(
                (inputs["targets"][n] for n in range(first, last) if u <= inputs["cumulative_shares"][n]),
                inputs["targets"][last - 1],
            )
        spent.append(world.now - arrival)

    began = cpu()
    for arrival in inputs["arrivals"]:
        world.process(case(arrival))
    world.run()
    took = cpu() - began
    hours = sum(spent) / len(spent) / 60
    return answer("simpy", cases=len(spent), **{"mean hours": round(hours, 2)}, seconds=took)


def log_pm4py(path: str) -> dict[str, object]:
    """Read an XES file; map, times between, variants and throughput times."""
    import pm4py  # noqa: PLC0415 - a peer that may be missing

    before = cpu()
    log = pm4py.read_xes(path)
    pm4py.discover_dfg(log)
    pm4py.discover_performance_dfg(log)
    variants = pm4py.get_variants(log)
    spans = pm4py.get_all_case_durations(log)
    return answer("pm4py", cases=len(spans), variants=len(variants), seconds=cpu() - before)


def log_r4pm(path: str) -> dict[str, object]:
    """Read an XES file into its own structures; map and variants. It has no call for throughput times."""
    r4pm, bindings = import_module("r4pm"), "r4pm.bindings"
    projection = import_module(f"{bindings}.core.event_data.case_centric.utils.activity_projection")
    discover_dfg = import_module(f"{bindings}.discovery.case_centric.dfg").discover_dfg

    before = cpu()
    log = r4pm.import_item("EventLog", path)
    discover_dfg(log)
    paths = projection.log_to_activity_projection(log)
    variants = projection.get_variants(paths)
    took = cpu() - before
    return answer("r4pm", cases=sum(one["count"] for one in variants), variants=len(variants), seconds=took)


def log_r4pm_frame(path: str) -> dict[str, object]:
    """Read an XES file into a data frame; map, variants and throughput times with polars."""
    import polars as pl  # noqa: PLC0415 - a peer that may be missing
    from r4pm import df  # noqa: PLC0415 - a peer that may be missing

    before = cpu()
    log = df.import_xes(path)[0].select(CASE, ACTIVITY, TIME).sort(CASE, TIME, maintain_order=True)
    follows = log.select(pl.col(ACTIVITY), pl.all().exclude(ACTIVITY), to=pl.col(ACTIVITY).shift(-1).over(CASE))
    follows.group_by(ACTIVITY, "to").len()
    cases = log.group_by(CASE).agg(ACTIVITY, took=pl.col(TIME).max() - pl.col(TIME).min())
    variants = cases.group_by(ACTIVITY).len()
    cases["took"].median()
    return answer("r4pm", cases=cases.height, variants=variants.height, seconds=cpu() - before)


ACTS: dict[str, Callable[..., dict[str, object]]] = {
    "duckdb": mining_duckdb,
    "log-pm4py": log_pm4py,
    "log-r4pm": log_r4pm,
    "log-r4pm-frame": log_r4pm_frame,
    "pm4py": mining_pm4py,
    "pm4py-alignment": aligning_pm4py,
    "simpy": simulating_simpy,
}

if __name__ == "__main__":
    print(json.dumps(ACTS[sys.argv[1]](*sys.argv[2:])))
