"""Flows: mining a million events, aligning a log with its model, simulating 100,000 cases; beside a peer.

./todoke bench flows LOG.csv [--model MODEL.bpmn] [--bpmn FOREIGN.bpmn ...] [--peers PYTHON]

LOG.csv is the CoSeLoG receipt log (1,434 cases), which may not ship; it is multiplied under new case numbers to one
million events. Every measurement runs in a process of its own; CPU seconds of the process are compared, and the peak
of its memory. --peers names the Python of an environment with pm4py, duckdb and simpy, which then run beside ours
(flow_peers.py); none is a dependency of the product.
"""

import argparse
import io
import json
import platform
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import polars as pl
from lxml import etree

from todoke.flows.bpmn.bpmn_reader import read_bpmn
from todoke.flows.bpmn.bpmn_writer import write_bpmn
from todoke.flows.diagram.svg import render_svg
from todoke.flows.mining.conformance import check_conformance
from todoke.flows.mining.discovery import DiscoveryResult, Variant, discover
from todoke.flows.mining.event_log import read_log_file
from todoke.flows.simulation import engine, numba_kernel
from todoke.flows.simulation.engine_data import SimulationInput
from todoke.flows.simulation.scenario import Scenario, Staff, build_input, replication_seed
from todoke.flows.step_rows import table_from_cells

EXPECTED = {
    "cases": 1434, "events": 8577, "variants": 116, "most frequent": 713, "with rework": 91, "after deadline": 92,
    "Internet": 0.022, "Desk": 0.781, "Post": 4.057,
}  # fmt: skip
COPIES = 117
SEVEN = (
    ("受け付ける", "窓口", "3", "5", "12", ""),
    ("書類を確かめる", "審査", "4", "8", "20", "4 85% そろった; 3 15% 足りない"),
    ("補正を受ける", "窓口", "5", "10", "20", "2"),
    ("所得を調べる", "審査", "5", "10", "25", ""),
    ("起案する", "審査", "5", "8", "15", ""),
    ("決裁する", "課長", "1", "2", "6", ""),
    ("通知する", "発送", "2", "3", "6", ""),
)


def cpu() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def many(path: Path) -> pl.DataFrame:
    """The log, copied under new case numbers and shuffled, so that sorting is part of the work."""
    names = ["case:concept:name", "concept:name", "time:timestamp", "case:channel"]
    one = pl.read_csv(path, columns=names, infer_schema=False)
    copies = [one.with_columns(pl.col(names[0]) + f"-{number}") for number in range(COPIES)]
    return pl.concat(copies).sample(fraction=1.0, shuffle=True, seed=1)


def figures(found: DiscoveryResult) -> dict[str, float]:
    days = {group.group: round(group.median_days, 3) for group in found.channels}
    return {
        "cases": found.cases, "events": found.events, "variants": len(found.variants),
        "most frequent": found.variants[0].count, "with rework": found.cases_with_rework, "after deadline": found.late,
        **{name: days.get(name, -1) for name in ("Internet", "Desk", "Post")},
    }  # fmt: skip


def reference(path: Path) -> dict[str, object]:
    found = figures(discover(read_log_file(path)))
    return {"figures": found, "as expected": found == EXPECTED}


def mining(path: Path) -> dict[str, object]:
    """Sorting, map, variants, rework and durations of a million events; reading the file is told apart."""
    begin = cpu()
    log = read_log_file(path)
    read_in, before = cpu() - begin, cpu()
    found = discover(log)
    return {"events": found.events, "read": read_in, "map+variants+durations": cpu() - before, "peak MB": peak()}


def aligning(path: Path, model: Path) -> dict[str, object]:
    """Every variant against the model, as recorded, and shuffled so that nothing fits."""
    variants, table = discover(read_log_file(path)).variants, read_bpmn(model.read_bytes())
    before = cpu()
    found = check_conformance(table, variants)
    straight, before = cpu() - before, cpu()
    luck = random.Random(1)
    mixed_up = tuple(Variant(tuple(luck.sample(v.activities, len(v.activities))), v.count) for v in variants)
    worst = check_conformance(table, mixed_up)
    return {
        "variants": len(variants), "alignment": straight, "fitness": round(found.fitness, 4),
        "alignment of shuffled variants": cpu() - before, "their fitness": round(worst.fitness, 4),
    }  # fmt: skip


def seven_tasks(cases: int) -> SimulationInput:
    """The seven-task flow with four posts, shifts, holidays and 15 % sent back."""
    names = ("name", "party", "least", "usual", "most", "next")
    table, _ = table_from_cells([dict(zip(names, line, strict=True)) for line in SEVEN], "手当")
    key = {party.name: party.key for party in table.parties}
    unit = max(1, cases // 10_000)
    staff = tuple(Staff(key[name], n * unit) for name, n in (("窓口", 1), ("審査", 4), ("課長", 1), ("発送", 1)))
    return build_input(table, Scenario(cases_per_year=cases, cases=cases, staff=staff), replication_seed(1, 0))[0]


def simulating(cases: int, compiled: bool) -> dict[str, object]:
    """One replication."""
    inputs = seven_tasks(cases)
    first = cpu()
    run = numba_kernel.compiled_kernel() if compiled else engine.run_in_python
    if compiled:
        run(inputs, 0)
    compiling, before = cpu() - first, cpu()
    state = run(inputs, 0)
    took = cpu() - before
    done = [d - a for d, a in zip(state.completed_at, inputs.arrivals, strict=True)]
    result: dict[str, object] = {
        "cases": len(done),
        "tasks": sum(state.executions),
        "simulation": took,
        "peak MB": peak(),
    }
    result |= {"mean hours": round(sum(done) / len(done) / 60, 6), "compiling": compiling if compiled else 0.0}
    return result


def content(raw: bytes) -> Counter[tuple[object, ...]]:
    root = etree.fromstring(raw, etree.XMLParser(remove_comments=True))
    return Counter((e.tag, tuple(sorted(e.attrib.items())), " ".join((e.text or "").split())) for e in root.iter())


def round_trip(path: Path) -> dict[str, object]:
    raw = path.read_bytes()
    table = read_bpmn(raw)
    written = write_bpmn(table)
    same = read_bpmn(written) == table and content(written) == content(raw)
    return {"file": path.name, "rows": len(table.rows), "without loss": same, "drawing": len(render_svg(table))}


def apart(act: str, *arguments: object) -> dict[str, object]:
    """Run one measurement in a process of its own."""
    command = [sys.executable, "-m", "benchmarks", "flows", "--act", act, *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        return {"not run": done.stderr.strip().splitlines()[-1:]}
    return dict(json.loads(done.stdout))


def peer(python: Path | None, *arguments: object) -> None:
    """Run one peer in its own environment, where there is one."""
    if python is None:
        return
    command = [str(python), str(Path(__file__).with_name("flow_peers.py")), *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    print("  beside it:", done.stdout.strip() or f"{arguments[0]} not run: {done.stderr.strip().splitlines()[-1:]}")


ACTS: dict[str, Callable[..., object]] = {
    "reference": lambda path: reference(Path(path)),
    "mining": lambda path: mining(Path(path)),
    "aligning": lambda path, model: aligning(Path(path), Path(model)),
    "plain": lambda cases: simulating(int(cases), False),
    "kernel": lambda cases: simulating(int(cases), True),
    "bpmn": lambda path: round_trip(Path(path)),
}


def report(given: argparse.Namespace) -> None:
    print(f"{platform.platform()}, {platform.processor() or platform.machine()}, Python {platform.python_version()}")
    print(f"polars {pl.__version__}, threads {pl.thread_pool_size()}; CPU seconds of one process each\n")
    print("receipt log:", apart("reference", given.log))
    big = Path("/tmp") / f"todoke-million-{int(time.time())}.csv"
    many(given.log).write_csv(big)
    print(f"mining, the log × {COPIES}, shuffled:", apart("mining", big))
    peer(given.peers, "pm4py", big)
    peer(given.peers, "duckdb", big)
    big.unlink()
    if given.model:
        print("alignment:", apart("aligning", given.log, given.model))
        peer(given.peers, "pm4py-alignment", given.log, given.model)
    plain, fast = apart("plain", 100_000), apart("kernel", 100_000)
    print("simulation, plain Python:", plain)
    print("simulation, compiled kernel:", fast)
    print("  same seed, same result:", plain.get("mean hours") == fast.get("mean hours"))
    with tempfile.NamedTemporaryFile("w", suffix=".json") as inputs:
        json.dump(seven_tasks(100_000)._asdict(), inputs)
        inputs.flush()
        peer(given.peers, "simpy", inputs.name)
    for path in given.bpmn:
        print("BPMN:", apart("bpmn", path))


def main() -> None:
    if sys.argv[1:2] == ["--act"]:
        out = io.StringIO(json.dumps(ACTS[sys.argv[2]](*sys.argv[3:])))
        print(out.getvalue())
        return
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("log", type=Path)
    parser.add_argument("--model", type=Path)
    parser.add_argument("--bpmn", type=Path, nargs="*", default=[])
    parser.add_argument("--peers", type=Path, help="the Python of an environment with pm4py, duckdb and simpy")
    report(parser.parse_args())


if __name__ == "__main__":
    main()
