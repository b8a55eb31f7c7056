"""Event logs: public logs read and mined beside pm4py and r4pm, each log and reader in a process of its own.

./todoke bench flow_logs LOG [LOG ...] [--peers PYTHON ...] [--other PYTHON ...] [--rounds 3]

Prints processor seconds (user and system) of reading and mining and of the whole process, and its peak memory, as the
median of the rounds, which take turns. Ours finds map, variants, rework and throughput times with the one thread of
the product's reader process; flow_peers.py says what the peers are asked. --peers names the Pythons of environments
with pm4py, r4pm and polars, --other further Pythons with our requirements.
"""

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
from importlib import import_module
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks.flow_peers import ACTS, cpu

PEERS = [name for name in ACTS if name.startswith("log-")]
ROOT = Path(__file__).parents[1]


def mine(path: Path) -> dict[str, object]:
    """Read and mine a log, the libraries being there already."""
    import_module("numpy")
    reading, mining = import_module("todoke.flows.mining.event_log"), import_module("todoke.flows.mining.discovery")
    before = cpu()
    found = mining.discover(reading.read_log_file(path))
    return {"cases": found.cases, "variants": len(found.variants), "seconds": cpu() - before}


def run(command: list[str]) -> dict[str, Any]:
    """Run a command in a process of its own; return what it prints, and what it used in all."""
    paths = {"PYTHONPATH": os.pathsep.join((str(ROOT), str(ROOT / "src")))} if "-m" in command else {"PYTHONPATH": ""}
    threads = {"POLARS_MAX_THREADS": "1"} if "-m" in command else {}
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as said:
        child = subprocess.Popen(command, stdout=out, stderr=said, env=os.environ | paths | threads, cwd=ROOT)
        _, status, used = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0)
        said.seek(0)
        if child.returncode:
            return {"failed": said.read().decode().strip().splitlines()[-1:]}
        found = dict(json.loads(out.read()))
    return found | {"whole": used.ru_utime + used.ru_stime, "peak": used.ru_maxrss / 1024}


def version(python: str) -> str:
    command = [python, "-c", "import platform; print(platform.python_version())"]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()


def readers(given: argparse.Namespace) -> dict[str, list[str]]:
    """Return the command of each reader, without the log, by its name."""
    ours = [sys.executable, *given.other]
    found = {f"Todoke, Python {version(python)}": [python, "-m", "benchmarks.flow_logs", "--act"] for python in ours}
    script = str(Path(__file__).with_name("flow_peers.py"))
    for python in given.peers:
        for act in PEERS:
            found[f"{act.removeprefix('log-')}, Python {version(python)}"] = [python, script, act]
    return found


def report(given: argparse.Namespace) -> None:
    print(f"{platform.platform()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}; median of {given.rounds}\n")
    print("| log | reader | cases | variants | s read and mine | s whole process | peak MB |")
    print("|---|---|---|---|---|---|---|")
    commands = readers(given)
    for log in given.logs:
        rounds = [{name: run([*command, str(log)]) for name, command in commands.items()} for _ in range(given.rounds)]
        for name in commands:
            runs = [each[name] for each in rounds]
            if failed := [each["failed"] for each in runs if "failed" in each]:
                print(f"| {log.name} | {name} | not run: {failed[0]} |")
                continue
            seconds, whole, peak = (median(each[key] for each in runs) for key in ("seconds", "whole", "peak"))
            cases, variants = runs[0]["cases"], runs[0]["variants"]
            print(f"| {log.name} | {name} | {cases:,} | {variants:,} | {seconds:.3f} | {whole:.2f} | {peak:.0f} |")


def main() -> None:
    if sys.argv[1:2] == ["--act"]:
        print(json.dumps(mine(Path(sys.argv[2]))))
        return
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("logs", type=Path, nargs="+")
    parser.add_argument("--peers", nargs="*", default=[], help="Pythons of environments with pm4py, r4pm and polars")
    parser.add_argument("--other", nargs="*", default=[], help="further Pythons with our requirements")
    parser.add_argument("--rounds", type=int, default=3)
    report(parser.parse_args())


if __name__ == "__main__":
    main()
