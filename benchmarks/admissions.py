"""Admissions: time and memory from the file to the reasons, quality where stable results are rare, equal bytes.

./todoke bench admissions [time|quality|bytes ...] [--sizes 2500,8000,80000] [--seeds 5]

Markets are synthetic (admissions_market.py). Every measurement runs in a process of its own; processor seconds of the
process are told beside those of ``json.loads`` on the same file, so that machines and loads can be compared.
"""

import argparse
import hashlib
import json
import os
import resource
import subprocess
import sys
import time
from typing import Any

from benchmarks.admissions_market import Options, market
from todoke.admissions.checker import check
from todoke.admissions.child_placement import place, what_if
from todoke.admissions.difference import Side, difference
from todoke.admissions.engine import compiled_kernel
from todoke.admissions.instance_reader import canonical_bytes, read_instance

HARD = Options(siblings=0.7, transfers=0.5)
"""Seven of ten families have two children, half of the single children want to move."""
QUALITY_SIZES = (500, 2500, 8000, 80000)


def cpu() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def peak() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def timed(size: int, how: str) -> dict[str, Any]:
    """From the bytes of the file to result, report, reasons and certificate; ``how`` is plain or compiled."""
    raw = market(size, 1)
    begin = cpu()
    json.loads(raw)
    loaded = cpu() - begin
    if how == "compiled":
        place(read_instance(market(50, 1)), compiled=True)
    begin = cpu()
    instance = read_instance(raw)
    read = cpu() - begin
    run = place(instance, repair=False, compiled=how == "compiled")
    seconds, after = cpu() - begin, cpu()
    repaired = place(instance, compiled=how == "compiled")
    return {
        "children": size, "engine": how, "json.loads": round(loaded, 2), "read": round(read, 2),
        "read to explained": round(seconds, 2), "again with repair": round(cpu() - after, 2), "peak MB": peak(),
        "blocking": run.report["blocking_coalitions"], "after repair": repaired.report["blocking_coalitions"],
    }  # fmt: skip


def what_if_timed(size: int) -> dict[str, Any]:
    """One child's points changed, placed anew and compared, as a page does it."""
    instance = read_instance(market(size, 1))
    before = place(instance)
    begin = cpu()
    changed = what_if(instance, {"points": {instance.children[7]["id"]: 1500}})
    after = place(changed)
    found = difference(Side(instance.data, before.result), Side(changed.data, after.result))
    return {
        "what-if at": size, "seconds": round(cpu() - begin, 2),
        "gain": len(found["gain"]), "lose": len(found["lose"]),
    }  # fmt: skip


def quality(size: int, seed: int) -> dict[str, Any]:
    """A market with many siblings and transfers: what blocks without and with repair, and what is proven."""
    instance = read_instance(market(size, seed, HARD))
    begin = cpu()
    rough = place(instance, repair=False)
    middle = cpu()
    run = place(instance)
    checked = check(instance.data, run.result, run.explanations)
    return {
        "children": size, "seed": seed, "without repair": rough.report["blocking_coalitions"],
        "blocking": run.report["blocking_coalitions"], "hard": run.report["hard_violations"],
        "reasons": len(run.explanations["explanations"]), "untrue": len(checked.explanation_faults),
        "groups": [
            {key: each[key] for key in ("families_considered", "before", "after", "at_least")}
            for each in run.certificate["groups"]
        ],
        "seconds": [round(middle - begin, 2), round(cpu() - middle, 2)],
    }  # fmt: skip


def digest(size: int, how: str) -> str:
    """The SHA-256 of all documents of a run, without its seconds."""
    run = place(read_instance(market(size, 2, HARD)), compiled=how == "compiled")
    run.report.pop("seconds")
    return hashlib.sha256(canonical_bytes(list(run[1:]))).hexdigest()


def apart(*words: object, hash_seed: str = "0") -> str:
    """Run one measurement in a process of its own and return what it prints."""
    command = [sys.executable, "-m", "benchmarks", "admissions", "--alone", *map(str, words)]
    environment = {**os.environ, "PYTHONHASHSEED": hash_seed}
    return subprocess.run(command, check=True, capture_output=True, text=True, env=environment).stdout.strip()


def alone(words: list[str]) -> None:
    name, *rest = words
    if name == "time":
        print(json.dumps(timed(int(rest[0]), rest[1])))
    elif name == "what-if":
        print(json.dumps(what_if_timed(int(rest[0]))))
    elif name == "quality":
        print(json.dumps(quality(int(rest[0]), int(rest[1]))))
    else:
        print(digest(int(rest[0]), rest[1]))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("parts", nargs="*", default=["time", "quality", "bytes"])
    parser.add_argument("--sizes", default="2500,8000,80000")
    parser.add_argument("--seeds", type=int, default=5)
    parser.add_argument("--alone", nargs="+")
    options = parser.parse_args()
    if options.alone:
        alone(options.alone)
        return
    engines = ["plain", "compiled"] if compiled_kernel.is_available() else ["plain"]
    print(f"Python {sys.version.split()[0]}, {time.strftime('%Y-%m-%d')}, engines: {', '.join(engines)}")
    if "time" in options.parts:
        for size in options.sizes.split(","):
            for engine in engines:
                print(apart("time", size, engine), flush=True)
        print(apart("what-if", 8000), flush=True)
    if "quality" in options.parts:
        for size in QUALITY_SIZES:
            for seed in range(1, options.seeds + 1):
                print(apart("quality", size, seed), flush=True)
    if "bytes" in options.parts:
        found = {apart("bytes", 2500, engine, hash_seed=seed) for engine in engines for seed in ("1", "2")}
        print(f"equal bytes over {', '.join(engines)} and two hash seeds: {len(found) == 1}")


if __name__ == "__main__":
    main()
