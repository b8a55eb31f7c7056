"""Everything that CI runs, in one command: ``./todoke test``; ``./todoke test fast`` is the inner loop."""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from tests import provisions
from todoke.proving.cluster import MissingProgram

ROOT = Path(__file__).resolve().parents[1]
PYTHON = sys.executable
TOOLS = Path(PYTHON).parent
VERIFY = [PYTHON, "-m", "todoke", "verify"]
CRASH = [*VERIFY, "crash", "--kills", "5", "--acknowledged", "100"]
LONG_CRASH = [*VERIFY, "crash", "--kills", "600", "--acknowledged", "30000"]
BOOKINGS = [*VERIFY, "bookings", "--kills", "4", "--acts", "150"]
LONG_BOOKINGS = [*VERIFY, "bookings", "--kills", "40", "--acts", "4000"]
LONG_POINTS = [*VERIFY, "points", "--kills", "40", "--acts", "26000", "--people", "1500", "--shops", "300"]
LONG_MONTHS = [*VERIFY, "months", "--kills", "40", "--acts", "6000"]
LONG_SCANS = [*VERIFY, "scans", "--kills", "30", "--acts", "6000"]
SPEECH = [*VERIFY, "speech", "--kills", "40"]
LONG_MIXING = [*VERIFY, "mixing", "--residents", "32", "--rounds", "40"]
POSTGRESQL = ["--database", "postgresql"]
MEMORY = "/dev/shm"
SHAPES = "TODOKE_TEST_SHAPES"
"""The setting of ``tests.cast.query_shapes``, which needs Django and so cannot be imported here."""
AT_ONCE, AT_THE_END, FAILURES = "at once", "at the end", "failures"
CODE = ["src", "tests", "benchmarks"]


class Failed(Exception):
    """A step of the test run did not pass."""


def step(name: str, *command: str | Path, show: str = FAILURES, **environment: str) -> None:
    """Run one step and say how long it took, with its output while it runs, once it has ended, or if it failed."""
    if show != AT_THE_END:
        print(f"── {name}", flush=True)
    began = time.monotonic()
    done = subprocess.run(
        [str(part) for part in command],
        cwd=ROOT,
        env={**os.environ, **environment},
        stdout=None if show == AT_ONCE else subprocess.PIPE,
        stderr=None if show == AT_ONCE else subprocess.STDOUT,
        text=True,
    )
    said = [f"── {name}"] if show == AT_THE_END else []
    if done.stdout and (done.returncode or show == AT_THE_END):
        said.append(done.stdout.rstrip())
    print("\n".join([*said, f"   {time.monotonic() - began:.1f} s"]), flush=True)
    if done.returncode:
        raise Failed(name)


def side_by_side(*lanes: Callable[[], None]) -> None:
    """Run the steps of several lanes at the same time; each lane comes to its own end before a failure counts."""
    with ThreadPoolExecutor(len(lanes)) as pool:
        running = [pool.submit(lane) for lane in lanes]
    for lane in running:
        lane.result()


def read_the_code() -> None:
    step("format", TOOLS / "ruff", "format", "--check", *CODE)
    step("format of templates", TOOLS / "djhtml", "--check", "--tabwidth", "2", "src")
    step("lint", TOOLS / "ruff", "check", *CODE)
    step("layers", TOOLS / "lint-imports")
    step("types", TOOLS / "mypy")


def inspect_the_program() -> None:
    step("migrations", PYTHON, "-m", "todoke", "makemigrations", "--check", "--dry-run")
    deploy = {"TODOKE_DEMO": "0", "TODOKE_DEBUG": "0", "TODOKE_HOSTS": "todoke.example.lg.jp"}
    deploy |= {"TODOKE_PAYMENT_PROVIDER": "none"}
    step("check --deploy", PYTHON, "-m", "todoke", "check", "--deploy", "--fail-level", "WARNING", **deploy)


def tests_on(database: str, address: str, *arguments: str, **environment: str) -> None:
    command = [PYTHON, "-m", "pytest", "--create-db", *arguments]
    step(f"tests on {database}", *command, show=AT_ONCE, TODOKE_DATABASE=address, **environment)


def make_the_tables(address: str = "") -> None:
    """Run all migrations once, for the tests and for the proofs."""
    tables = f"proofs=Path({os.environ['TODOKE_PROOF_TABLES']!r})"
    program = "import django; django.setup(); from pathlib import Path; from tests.cast.database_template import build"
    environment = {"DJANGO_SETTINGS_MODULE": "todoke.settings", "TODOKE_DATABASE": address}
    where = "PostgreSQL" if address else "SQLite"
    step(f"tables on {where}", PYTHON, "-c", f"{program}; build({tables})", **environment)


def everything() -> None:
    provisions.provide()
    side_by_side(read_the_code, start_on_sqlite)
    shapes = {SHAPES: str(Path(os.environ["TODOKE_VAR"]) / "query-shapes")}
    tests_on("SQLite", "", "-n", "2", **shapes)
    with provisions.postgresql() as address:
        make_the_tables(address)
        tests_on("PostgreSQL", address, "-n", "2", "--ignore=tests/architecture", **shapes)
    side_by_side(lambda: stories("browser and not nightly"), proofs_on_sqlite, proofs_on_postgresql)


def start_on_sqlite() -> None:
    make_the_tables()
    inspect_the_program()


def proofs_on_sqlite() -> None:
    step("nothing lost on SQLite", *CRASH, show=AT_THE_END)
    step("nothing acknowledged before it is on disk", *VERIFY, "order", show=AT_THE_END)
    step("nobody mixed up", *VERIFY, "mixing", "--residents", "8", "--rounds", "3", show=AT_THE_END)
    step("rights asked at every act", *VERIFY, "rights", "--short", show=AT_THE_END)
    step("no time taken twice on SQLite", *BOOKINGS, show=AT_THE_END)


def proofs_on_postgresql() -> None:
    step("nothing lost on PostgreSQL", *CRASH, "--database", "postgresql", show=AT_THE_END)
    step("no fee taken twice", *VERIFY, "money", "--residents", "24", "--database", "postgresql", show=AT_THE_END)
    step("no time taken twice on PostgreSQL", *BOOKINGS, *POSTGRESQL, show=AT_THE_END)
    outage("postgresql")


def outage(database: str) -> None:
    drill = [PYTHON, "-m", "todoke", "drill", "--outage", "5", "--database", database]
    step(f"an outage on {database}", *drill, show=AT_THE_END)


def stories(which: str) -> None:
    plain = {"TODOKE_TEST_DATABASE": str(Path(os.environ["TODOKE_VAR"]) / "journeys.sqlite3"), "TODOKE_HTTPS": "0"}
    tests_on("SQLite, in a browser", "", "-n", "2", "--dist", "worksteal", "-m", which, "tests/journeys", **plain)


def nightly() -> None:
    """What takes longer than a change should wait: seven people on every page, the long proofs and their faults."""
    provisions.provide()
    stories("browser and nightly")
    tests_on("SQLite", "", "-m", "nightly and not browser", "--ignore=tests/cases", "tests")
    with provisions.postgresql() as address:
        tests_on("PostgreSQL", address, "-n", "2", "--ignore=tests/architecture")
        tests_on("PostgreSQL", address, "-m", "nightly and not browser", "tests/cases")
    tests_on("SQLite", "", "-s", "-m", "nightly and not browser", "tests/installation", "tests/runtime")
    outage("sqlite")
    step("beyond one machine, with backups", *VERIFY, "cluster", show=AT_ONCE)
    step("nothing lost in an upgrade", *VERIFY, "upgrade", show=AT_ONCE)
    step("nothing lost in an upgrade on SQLite", *VERIFY, "upgrade", "--database", "sqlite", show=AT_ONCE)
    for database in ("sqlite", "postgresql"):
        step(f"nothing lost on {database}", *LONG_CRASH, "--database", database, show=AT_ONCE)
        step(f"no time taken twice on {database}", *LONG_BOOKINGS, "--database", database, show=AT_ONCE)
        step(f"no point granted twice on {database}", *LONG_POINTS, "--database", database, show=AT_ONCE)
        step(f"no closed month changed on {database}", *LONG_MONTHS, "--database", database, show=AT_ONCE)
        step(f"no sheet lost or mixed up on {database}", *LONG_SCANS, "--database", database, show=AT_ONCE)
        step(f"no chunk of speech lost or doubled on {database}", *SPEECH, "--database", database, show=AT_ONCE)
    step("nobody mixed up", *LONG_MIXING, "--database", "postgresql", show=AT_ONCE)
    step("no fee taken twice", *VERIFY, "money", "--database", "postgresql", show=AT_ONCE)
    step("codes good once on two processes", *VERIFY, "codes", show=AT_ONCE)
    step("codes good once on four processes", *VERIFY, "codes", "--processes", "4", *POSTGRESQL, show=AT_ONCE)
    step("rights asked at every act", *VERIFY, "rights", *POSTGRESQL, show=AT_ONCE)
    for database in ("sqlite", "postgresql"):
        step(f"no secret left behind on {database}", *VERIFY, "canaries", "--database", database, show=AT_ONCE)
    proofs = "crash mixing money codes rights canaries bookings points months scans speech"
    for proof in proofs.split():
        step(f"every planted fault is seen: {proof}", *VERIFY, proof, "--faults", show=AT_ONCE)


def matrix() -> None:
    """Add what is observed for every address that the role matrix does not know yet, for a person to read."""
    tests_on("SQLite", "", "tests/security/test_role_matrix.py", TODOKE_FILL_MATRIX="1")


def changed_rooms() -> list[str]:
    """Return the folders of tests of the rooms that differ from the main branch, with what is not committed yet."""
    base = _git("merge-base", "main", "HEAD") or ["HEAD"]
    changed = [*_git("diff", "--name-only", *base), *_git("ls-files", "--others", "--exclude-standard")]
    parts = [Path(name).parts for name in changed]
    rooms = {each[2] for each in parts if each[:2] == ("src", "todoke")} | {
        each[1] for each in parts if each[0] == "tests" and len(each) > 2
    }
    return sorted(f"tests/{room}" for room in rooms if (ROOT / "tests" / room).is_dir())


def _git(*command: str) -> list[str]:
    """Return the lines that git prints; none where it fails."""
    return subprocess.run(["git", *command], cwd=ROOT, capture_output=True, text=True, check=False).stdout.split()


def fast() -> None:
    """What a change should wait for while it is made: the code, and the tests of the rooms that it touches."""
    rooms = changed_rooms()
    print(f"rooms that differ from main: {' '.join(rooms) or 'none, so no test runs'}", flush=True)
    side_by_side(read_the_code, lambda: tests_of(rooms))


def tests_of(rooms: list[str]) -> None:
    if rooms:
        tests_on("SQLite", "", "-m", "not browser and not slow", *rooms)


def main() -> int:
    runs = {(): everything, ("fast",): fast, ("nightly",): nightly, ("matrix",): matrix}
    run = runs.get(tuple(sys.argv[1:]))
    if run is None:
        print("usage: ./todoke test [fast|nightly|matrix]", file=sys.stderr)
        return 2
    began = time.monotonic()
    in_memory = MEMORY if os.access(MEMORY, os.W_OK) else None
    with tempfile.TemporaryDirectory(prefix="todoke-test-", dir=in_memory) as var:
        os.environ["TODOKE_VAR"] = var
        os.environ["TODOKE_PROOF_BUILT"] = str(Path(var) / "proof")
        os.environ["TODOKE_PROOF_TABLES"] = str(Path(var) / "tables")
        try:
            run()
        except (Failed, MissingProgram) as problem:
            print(f"not passed: {problem}", file=sys.stderr)
            return 1
    print(f"all passed in {time.monotonic() - began:.0f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main())
