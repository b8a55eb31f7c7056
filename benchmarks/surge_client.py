"""An open-loop driver: residents arrive when the clock says so, whether or not the server keeps up.

One keep-alive connection per resident, as a browser has; HTTP/1.1 read by hand, so that the driver leaves the cores to
the server. A request's time counts from the moment the resident wanted it, waiting and retries included.
"""

import asyncio
import random
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from benchmarks.surge_resident import Answer, Ask, Resident, Steps, TooLate, Wrong

PATIENCE = 30.0
LONGEST_WAIT = 180.0


class Gone(Exception):
    """No answer: refused, reset or too late (応答なし)."""


@dataclass
class Record:
    """What the driver saw in one scenario (測定)."""

    times: list[tuple[str, float, float]] = field(default_factory=list)
    journeys: list[tuple[float, float]] = field(default_factory=list)
    left: int = 0
    receipts: list[tuple[float, float]] = field(default_factory=list)
    numbers: dict[str, str] = field(default_factory=dict)
    troubles: Counter[str] = field(default_factory=Counter)
    shed: int = 0
    given_up: int = 0
    too_late: int = 0
    begun: int = 0
    late: float = 0.0

    def add(self, page: str, took: float, at: float, before: float = 0.0) -> None:
        """Note how long a page took; a receipt also together with the sending that led to it."""
        self.times.append((page, took, at))
        if page == "受付":
            self.receipts.append((took + before, at))

    def finish(self, resident: Resident, began: float) -> None:
        """Count a journey that ended well; those who left on purpose are counted apart."""
        if not resident.number:
            self.left += 1
            return
        self.journeys.append((began, time.monotonic()))
        if resident.number in self.numbers:
            self.troubles["同じ受付番号が二人に出ました"] += 1
        self.numbers[resident.number] = resident.canary

    def of(self, *pages: str, since: float = 0.0) -> list[float]:
        """The times of some pages (of all, when none is named), sorted, in seconds."""
        return sorted(took for page, took, at in self.times if at >= since and (not pages or page in pages))


class Connection:
    """One resident's connection; opened when needed, opened again when the server closed it."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.reader: asyncio.StreamReader | None = None
        self.writer: asyncio.StreamWriter | None = None

    async def ask(self, asked: Ask, cookies: dict[str, str]) -> Answer:
        """Send one request and read its answer. Raises Gone."""
        head = f"{asked.method} {asked.path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept-Language: ja\r\n"
        if cookies:
            head += f"Cookie: {'; '.join(f'{name}={value}' for name, value in cookies.items())}\r\n"
        if asked.method == "POST":
            head += f"Content-Type: {asked.kind}\r\nContent-Length: {len(asked.body)}\r\n"
        try:
            async with asyncio.timeout(PATIENCE):
                if self.writer is None:
                    self.reader, self.writer = await asyncio.open_connection("127.0.0.1", self.port)
                self.writer.write(head.encode() + b"\r\n" + asked.body)
                return await self._read()
        except (OSError, TimeoutError, asyncio.IncompleteReadError) as problem:
            self.close()
            raise Gone(type(problem).__name__) from problem

    async def _read(self) -> Answer:
        assert self.reader is not None
        head = (await self.reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        headers: dict[str, str] = {}
        cookies: list[str] = []
        for line in head[1:]:
            name, _, value = line.partition(": ")
            if name.lower() == "set-cookie":
                cookies.append(value)
            else:
                headers[name.lower()] = value
        body = await self.reader.readexactly(int(headers.get("content-length", "0")))
        if headers.get("connection") == "close":
            self.close()
        return Answer(int(head[0].split(" ", 2)[1]), headers, cookies, body)

    def close(self) -> None:
        if self.writer is not None:
            self.writer.close()
        self.reader = self.writer = None


async def walk(port: int, resident: Resident, steps: Steps, record: Record, think: float = 0.0) -> bool:
    """Lead one resident through; True when the journey was completed. ``think`` is the mean pause after a press."""
    connection, began = Connection(port), time.monotonic()
    record.begun += 1
    try:
        await _pages(connection, resident, steps, record, think)
    except Gone as problem:
        record.troubles[f"応答なし {problem}"] += 1
    except Wrong as problem:
        record.troubles[str(problem)] += 1
    except TooLate:
        record.too_late += 1
    except TimeoutError:
        record.given_up += 1
    else:
        record.finish(resident, began)
        return True
    finally:
        connection.close()
    return False


async def _pages(connection: Connection, resident: Resident, steps: Steps, record: Record, think: float) -> None:
    asked, before = next(steps), 0.0
    while True:
        wanted = time.monotonic()
        answer = await _until_admitted(connection, asked, resident, record, wanted)
        took = time.monotonic() - wanted
        record.add(asked.page, took, wanted, before)
        before = took
        try:
            following = steps.send(answer)
        except StopIteration:
            return
        if think and asked.method == "POST":
            await asyncio.sleep(random.expovariate(1 / think))
        asked = following


async def _until_admitted(
    connection: Connection, asked: Ask, resident: Resident, record: Record, wanted: float
) -> Answer:
    """Ask again when the server says when to come again; a resident gives up after three minutes."""
    while True:
        answer = await connection.ask(asked, resident.cookies)
        if answer.status != 503 or "retry-after" not in answer.headers:
            return answer
        record.shed += 1
        pause = float(answer.headers["retry-after"])
        if time.monotonic() + pause - wanted > LONGEST_WAIT:
            raise TimeoutError
        await asyncio.sleep(pause)


async def open_loop(
    rate: Callable[[float], float], seconds: float, start: Callable[[int], asyncio.Task[bool]]
) -> float:
    """Let residents arrive at random, ``rate(t)`` per second, and wait for the last; returns the worst delay."""
    begun, due, number, late = time.monotonic(), 0.0, 0, 0.0
    tasks: list[asyncio.Task[bool]] = []
    chance = random.Random(1)
    while True:
        due += chance.expovariate(max(rate(due), 0.001))
        if due > seconds:
            break
        now = time.monotonic() - begun
        if due > now:
            await asyncio.sleep(due - now)
        else:
            late = max(late, now - due)
        tasks.append(start(number))
        number += 1
    await asyncio.gather(*tasks)
    return late


async def closed_loop(residents: int, seconds: float, start: Callable[[int], asyncio.Task[bool]]) -> None:
    """Keep so many residents busy at once, one journey after another."""
    until, number = time.monotonic() + seconds, 0

    async def one() -> None:
        nonlocal number
        while time.monotonic() < until:
            number += 1
            await start(number)

    await asyncio.gather(*(one() for _ in range(residents)))
