"""The runs of the surge: how many residents come when, and what is made of it."""

import asyncio
import random
import time
from collections import Counter
from collections.abc import Callable, Coroutine
from functools import partial
from operator import itemgetter
from typing import Any

from benchmarks.surge_client import Connection, Gone, Record, closed_loop, open_loop, walk
from benchmarks.surge_identities import CLERK, PASSWORD, WORDS
from benchmarks.surge_resident import PLAIN, TOKEN, Ask, Manner, Resident, journey

Lines = list[str]
WARD = 7.8
chance = random.Random(7)
_next = iter(range(1, 10_000_000))


def paper(size: int) -> bytes:
    """A synthetic PDF of about so many bytes."""
    filling = b"%\n" + (b"% synthetic filling of a synthetic paper\n" * (size // 40))
    return b"%PDF-1.4\n" + filling + b"1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


def someone(surge: Any, record: Record, *, think: float, manner: Manner = PLAIN) -> asyncio.Task[bool]:
    """Send one resident on the way."""
    resident = Resident(f"zz{next(_next):07}")
    number = surge.with_paper if manner.paper else surge.procedure
    steps = journey(resident, number, WORDS, manner)
    return asyncio.create_task(walk(surge.port, resident, steps, record, think))


def mixed(size: int = 0) -> Manner:
    """A resident as they come: 5 % press twice, 3 % walk away, 2 % leave something out."""
    die = chance.random()
    attached = paper(size) if size else b""
    return Manner(twice=die < 0.05, leaves=0.05 <= die < 0.08, wrong=0.08 <= die < 0.10, paper=attached)


def percentile(times: list[float], share: float) -> float:
    return times[min(len(times) - 1, int(len(times) * share))] if times else 0.0


def three(times: list[float]) -> str:
    return " / ".join(f"{percentile(times, share) * 1000:.0f}" for share in (0.5, 0.95, 0.99)) + " ms"


def row(surge: Any, name: str, load: str, record: Record, before: dict[str, float], since: float = 0.0) -> str:
    """One line of the table."""
    after = surge.used()
    used = {part: after[part] - before.get(part, 0.0) for part in after}
    done = len(record.journeys)
    span = max((end for _, end in record.journeys), default=0) - (since or before["clock"])
    each = {part: used[part] * 1000 / max(done, 1) for part in used}
    parts = " + ".join(f"{each.get(part, 0):.0f}" for part in ("server", "database", "worker"))
    pages = record.of(since=since)
    receipt = sorted(took for took, at in record.receipts if at >= since)
    wrong = sum(record.troubles.values())
    return (
        f"| {name} | {load} | {done} ({done / max(span, 0.001):.1f}/s) | {wrong} | {record.shed} | {three(pages)} | "
        f"{percentile(receipt, 0.95) * 1000:.0f} / {percentile(receipt, 0.99) * 1000:.0f} ms | {parts} | "
        f"{each['driver']:.0f} |"
    )


def notes(record: Record) -> Lines:
    """What went wrong, in words; the driver's own delay, when it counts."""
    lines = [f"  {count} x {what}" for what, count in record.troubles.most_common(5)]
    if record.late > 0.25:
        lines.append(f"  the driver itself was {record.late * 1000:.0f} ms late at worst")
    return lines


def longest(record: Record) -> str:
    """The longest page of a run; no page waited longer for a lock, as its time includes every wait."""
    page, took, _ = max(record.times, key=itemgetter(1), default=("", 0.0, 0.0))
    return f"  longest page: {page} {took * 1000:.0f} ms (of {len(record.times):,})"


def memory_line(surge: Any) -> str:
    parts = surge.memory()
    text = ", ".join(f"{name} {size:.0f} MB" for name, size in parts.items())
    return f"Memory at the end (PSS): {sum(parts.values()):.0f} MB ({text})."


async def capacity(surge: Any) -> Lines:
    """How many journeys a second are completed when 8, then 32 residents are always busy."""
    lines = []
    await _warm(surge)
    for busy in (8, 32):
        record, before = Record(), surge.used()
        await closed_loop(busy, surge.seconds, partial(_anyone, surge, record))
        lines += [row(surge, "capacity", f"{busy} at once", record, before), *notes(record)]
        span = time.monotonic() - before["clock"]
        surge.capacity = max(surge.capacity, len(record.journeys) / span)
    slow = {page: percentile(record.of(page), 0.99) for page in sorted({page for page, _, _ in record.times})}
    lines.append("  p99 by page at 32: " + ", ".join(f"{page} {took * 1000:.0f} ms" for page, took in slow.items()))
    return lines


def _anyone(surge: Any, record: Record, _: int) -> asyncio.Task[bool]:
    """Whoever comes next in a closed loop: a resident who does not stop to think."""
    return someone(surge, record, think=0)


async def _warm(surge: Any) -> None:
    await closed_loop(8, 2.0, partial(_anyone, surge, Record()))


async def half(surge: Any) -> Lines:
    """Half of what can be completed, arriving at random: the 99th of a hundred waits at most 250 ms on every page."""
    rate = (surge.capacity or 20) / 2
    return await _open(surge, "half", f"{rate:.1f} journeys/s", lambda _: rate, lambda: PLAIN, show_pages=True)


async def _open(
    surge: Any,
    name: str,
    load: str,
    rate: Callable[[float], float],
    manner: Callable[[], Manner],
    *,
    show_pages: bool = False,
    beside: Callable[[asyncio.Event, Record], Coroutine[Any, Any, Lines]] | None = None,
) -> Lines:
    record, before, over = Record(), surge.used(), asyncio.Event()
    others = asyncio.create_task(beside(over, record)) if beside else None
    record.late = await open_loop(rate, surge.seconds, lambda _: someone(surge, record, think=0.3, manner=manner()))
    over.set()
    more = await others if others else []
    lines = [row(surge, name, load, record, before), longest(record), *notes(record), *more]
    if show_pages:
        slow = {page: percentile(record.of(page), 0.99) for page in sorted({page for page, _, _ in record.times})}
        lines.append(f"  p99 by page in {name}: " + ", ".join(f"{page} {t * 1000:.0f} ms" for page, t in slow.items()))
    return lines


async def s1(surge: Any) -> Lines:
    """8 submissions a second, each with a file of 100 KB."""
    return await _open(surge, "S1", "8/s, 100 KB file", lambda _: 8.0, lambda: Manner(paper=paper(100_000)))


async def s2(surge: Any) -> Lines:
    """A tenth of the ward in one hour: 7.8 journeys a second with files, mistakes and people who leave."""
    return await _open(
        surge, "S2", "7.8/s, mixed, files", lambda _: WARD, lambda: mixed(chance.randint(100_000, 400_000))
    )


async def s3(surge: Any) -> Lines:
    """Nearly a third of an hour's people in five minutes: 28 a second."""
    return await _open(surge, "S3", "28/s, mixed", lambda _: 28.0, mixed, show_pages=True)


def _herd(surge: Any) -> Callable[[asyncio.Event, Record], Coroutine[Any, Any, Lines]]:
    async def herd(over: asyncio.Event, record: Record) -> Lines:
        seen: Counter[str] = Counter()
        asked = [Ask("群衆", "GET", "/"), Ask("群衆", "GET", f"/procedures/{surge.procedure}/start/")]
        waits: list[float] = []
        free = [Connection(surge.port) for _ in range(400)]
        tasks: set[asyncio.Task[None]] = set()

        async def one(connection: Connection, ask: Ask) -> None:
            begun = time.monotonic()
            try:
                answer = await connection.ask(ask, {})
                seen[str(answer.status)] += 1
            except Gone:
                seen["no answer"] += 1
            waits.append(time.monotonic() - begun)
            free.append(connection)

        begun, sent, wanted = time.monotonic(), 0, 0
        while not over.is_set() and time.monotonic() - begun < surge.seconds:
            wanted = int((time.monotonic() - begun) * 2000)
            while sent < wanted and free:
                task = asyncio.create_task(one(free.pop(), asked[sent % 2]))
                tasks.add(task)
                task.add_done_callback(tasks.discard)
                sent += 1
            await asyncio.sleep(0.005)
        span = time.monotonic() - begun
        await asyncio.gather(*tasks)
        answered = seen["200"] + seen["503"]
        return [
            f"  herd: {sent / span:.0f} requests/s of 2,000 wanted, "
            f"{answered / max(sum(seen.values()), 1):.2%} answered "
            f"({dict(seen)}), p50 / p95 / p99 {three(sorted(waits))}"
        ]

    return herd


async def s4(surge: Any) -> Lines:
    """A herd on two pages while some residents are on their way; then how long until all is normal."""
    lines = await _open(surge, "S4", "herd + 5 journeys/s", lambda _: 5.0, lambda: PLAIN, beside=_herd(surge))
    record = Record()
    await open_loop(lambda _: 3.0, 4.0, lambda _: someone(surge, record, think=0.1))
    return [
        *lines,
        f"  just after the herd, 3 journeys/s: pages {three(record.of())}, wrong {sum(record.troubles.values())}",
    ]


async def s5(surge: Any) -> Lines:
    """A deadline: most come at the end; the moment of receipt decides who is in time; then all get more time."""
    length, ends = surge.seconds, surge.seconds * 0.8
    surge.ward("close", str(ends + 2))

    def rate(at: float) -> float:
        return 4.0 if at < ends * 0.6 else 12.0

    record, before = Record(), surge.used()
    record.late = await open_loop(rate, length, lambda _: someone(surge, record, think=0.3))
    late = surge.ward("verdict")
    surge.ward("open")
    after = Record()
    await open_loop(lambda _: 2.0, 2.0, lambda _: someone(surge, after, think=0))
    return [
        row(surge, "S5", "deadline", record, before),
        *notes(record),
        f"  told that it was too late: {record.too_late}; received after the deadline: {late}; "
        f"after the extension {len(after.journeys)} completed, wrong {sum(after.troubles.values())}",
    ]


async def s6(surge: Any) -> Lines:
    """S2 with forty clerks who list, search and export among many applications."""
    if not surge.filled:
        begun = time.monotonic()
        surge.ward("fill", str(surge.cases))
        surge.filled = True
        print(f"  ({surge.cases:,} applications on record, made in {time.monotonic() - begun:.0f} s)", flush=True)
    clerks = Record()

    async def office(over: asyncio.Event, record: Record) -> Lines:
        cookies = await _sign_in(surge.port)
        await asyncio.gather(*(_clerk(surge.port, dict(cookies), over, clerks, number) for number in range(40)))
        kinds = sorted({page for page, _, _ in clerks.times})
        said = ", ".join(f"{kind} {three(clerks.of(kind))}" for kind in kinds)
        return [f"  40 clerks, {len(clerks.times)} pages: {said}", *notes(clerks)]

    return await _open(surge, "S6", "S2 + 40 clerks", lambda _: WARD, mixed, beside=office)


async def _sign_in(port: int) -> dict[str, str]:
    connection, clerk = Connection(port), Resident("zz0000000")
    answer = await connection.ask(Ask("sign in", "GET", "/accounts/login/"), {})
    clerk.hear("sign in", answer)
    token = TOKEN.search(answer.body)
    assert token is not None
    body = f"csrfmiddlewaretoken={token[1].decode()}&login={CLERK}&password={PASSWORD.replace(' ', '+')}".encode()
    clerk.hear("sign in", await connection.ask(Ask("sign in", "POST", "/accounts/login/", body), clerk.cookies))
    connection.close()
    return clerk.cookies


async def _clerk(port: int, cookies: dict[str, str], over: asyncio.Event, record: Record, number: int) -> None:
    pages = [
        ("list", "/office/cases/"), ("search", f"/office/cases/?q=zz{number:07}&view=all"),
        ("list", "/office/cases/?view=all&sort=name"), ("list", "/office/cases/?view=unassigned"),
    ]  # fmt: skip
    connection = Connection(port)
    turn = number
    await asyncio.sleep(chance.random() * 3)
    while not over.is_set():
        kind, address = pages[turn % len(pages)]
        turn += 1
        begun = time.monotonic()
        try:
            answer = await connection.ask(Ask(kind, "GET", address), cookies)
            if answer.status != 200:
                record.troubles[f"clerk {kind}: {answer.status}"] += 1
            record.add(kind, time.monotonic() - begun, begun)
        except Gone as problem:
            record.troubles[f"clerk {kind}: {problem}"] += 1
        await asyncio.sleep(2 + chance.random() * 4)
    connection.close()


async def soak(surge: Any) -> Lines:
    """30 % of S2 for as long as asked, in five parts; the longest page and the memory of each."""
    lines, length = [], surge.seconds
    surge.seconds = length / 5
    for part in range(5):
        lines += await _open(surge, f"soak {part + 1}/5", "2.3/s, mixed", lambda _: WARD * 0.3, mixed)
        lines.append(f"  {memory_line(surge)}")
    surge.seconds = length
    return lines


SCENES: dict[str, Callable[[Any], Coroutine[Any, Any, Lines]]] = {
    "capacity": capacity, "half": half, "S1": s1, "S2": s2, "S3": s3, "S4": s4, "S5": s5, "S6": s6, "soak": soak,
}  # fmt: skip
