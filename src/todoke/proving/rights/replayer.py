"""Replay 送り直し: before an honest request is sent, whoever may not sends it, and what they got is judged."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from todoke.proving.browser import FetchedPage, NoAnswer
from todoke.proving.rights.judge import Outcome, judge, succeeded, told
from todoke.proving.rights.people import SESSION, FactsClient, Person
from todoke.proving.rights.recorded_requests import RecordedRequest
from todoke.proving.rights.row_changes import RowChange

LIMITED, MOVED = 429, "異動の後"
NOTHING = FetchedPage(0, "", b"", {})
Key = tuple[str, str]


def nothing() -> None:
    """Change nothing."""


def nothing_of(person: Person) -> None:
    """Change nothing about a person."""


class Variant(NamedTuple):
    """変種: who sends the request instead, to which server, and what happens before and is taken back after."""

    name: str
    person: Person
    port: int
    before: Callable[[], object] = nothing
    after: Callable[[], object] = nothing


@dataclass
class RightsReport:
    """結果: requests, passes, rows and files by face and variant, and every problem in words."""

    sent: Counter[Key] = field(default_factory=Counter)
    passes: Counter[Key] = field(default_factory=Counter)
    rows: Counter[Key] = field(default_factory=Counter)
    files: Counter[Key] = field(default_factory=Counter)
    honest: Counter[str] = field(default_factory=Counter)
    seconds: float = 0.0
    problems: list[str] = field(default_factory=list)

    def note(self, request: RecordedRequest, variant: str, outcome: Outcome) -> None:
        """Count one replay and what it got."""
        key = (request.face, variant)
        self.sent[key] += 1
        self.passes[key] += outcome.is_pass
        self.rows[key] += len(outcome.rows)
        self.files[key] += bool(outcome.file)
        if outcome.is_pass:
            self.problems.append(f"{variant} {request.face} {request.method} {request.path}: {outcome.words()}")

    def lines(self) -> Iterator[str]:
        """Yield the table of faces and variants, and its sums."""
        for face, variant in sorted(self.sent):
            key = (face, variant)
            yield (
                f"{face} × {variant}: 要求 {self.sent[key]:,}、通った {self.passes[key]}、"
                f"変わった行 {self.rows[key]}、ファイル {self.files[key]}"
            )
        yield (
            f"本人の要求 {sum(self.honest.values()):,}、送り直した要求 {sum(self.sent.values()):,}、"
            f"通った {sum(self.passes.values())}、変わった行 {sum(self.rows.values())}、"
            f"ファイル {sum(self.files.values())}、{self.seconds:.0f} 秒"
        )


class Replayer:
    """Sends every honest request first as each variant, then as its owner; both are judged by their outcome."""

    def __init__(
        self, facts: FactsClient, ports: tuple[int, int], report: RightsReport, *, thorough: bool = True
    ) -> None:
        self.facts, self.ports, self.report, self.thorough = facts, ports, report, thorough
        self.strangers: list[Person] = []
        self.people: dict[str, Person] = {}
        self.open_matters: frozenset[int] = frozenset()
        """What every member of staff may see."""
        self.weaker: dict[str, Person] = {}
        self.recorded: dict[str, list[RecordedRequest]] = defaultdict(list)

    def changes(self) -> list[RowChange]:
        return [RowChange(*change) for change in self.facts.ask("changes")]

    def send(self, owner: Person, request: RecordedRequest, *, flagged: str = "") -> FetchedPage:
        """Replay a request as everybody who may not, then send it as its owner and return the answer.

        ``flagged`` is the name on which a protective flag is placed for requests that it closes.
        """
        self.facts.ask("forget_tries")
        self.facts.ask("mark")
        self.recorded[owner.name].append(request)
        for variant in self._variants(owner, request, flagged):
            self._try(variant, request)
        self.changes()
        if request.method == "GET" and self.thorough and not request.once:
            self._require_success(request, self._answer(owner, request, self.ports[1]))
        answer = self._answer(owner, request, owner.port, keep=True)
        self._require_success(request, answer)
        return answer

    def _require_success(self, request: RecordedRequest, answer: FetchedPage) -> None:
        """Count an honest request; a proof that cannot see its success sees nothing."""
        self.report.honest[request.face] += 1
        if not succeeded(request, answer, self.changes()):
            said = f"本人 {request.face} {request.method} {request.path}: 成立しない {answer.status} {told(answer)}"
            self.report.problems.append(said)

    def _answer(self, person: Person, request: RecordedRequest, port: int, *, keep: bool = False) -> FetchedPage:
        if not request.outage:
            return person.send(request, port, keep=keep)
        self.facts.ask("read_only", on=True)
        try:
            return person.send(request, port, keep=keep)
        finally:
            self.facts.ask("read_only", on=False)

    def again(self, owner: str, variant: str, person: Person) -> None:
        """Send everything that a person sent once more, as somebody else, at both servers."""
        for request in self.recorded[owner]:
            for port in self.ports:
                self._try(Variant(variant, replace(person, matters=frozenset()), port), request)

    def _try(self, variant: Variant, request: RecordedRequest) -> None:
        variant.before()
        try:
            self.changes()
            answer = self._answer(variant.person, request, variant.port)
            if answer.status == LIMITED:
                self.report.problems.append(f"{variant.name} {request.path}: 回数の制限で、権限を確かめられません")
            outcome = judge(request, answer, self.changes(), matters=variant.person.matters)
        except NoAnswer:
            outcome = judge(request, NOTHING, self.changes())
        finally:
            variant.after()
        self.report.note(request, variant.name, outcome)

    def _variants(self, owner: Person, request: RecordedRequest, flagged: str) -> Iterator[Variant]:
        yield Variant("接続なし", Person("", self.ports[0]), self.ports[0])
        if (weaker := self.weaker.get(owner.email)) and (request.strong or owner.is_staff):
            yield Variant("第二要素なし", weaker, self.ports[0])
        if request.card:
            held = {name: value for name, value in owner.cookies.items() if name != SESSION}
            yield Variant("カードを示していない", replace(owner, cookies=held, matters=frozenset()), self.ports[0])
        more = [self.people[name] for name in request.others if self.people[name] not in self.strangers]
        for number, stranger in enumerate([*self.strangers, *more]):
            if not {stranger.email, stranger.name} & (owner.peers | request.peers | {owner.email}):
                yield Variant(stranger.name, stranger, self.ports[number % 2])
        servers = list(zip(self.ports, ("", "・別のプロセス"), strict=True))
        turn = len(self.recorded[owner.name]) % len(servers)
        for port, where in servers if self.thorough else servers[turn : turn + 1]:
            yield from self._changed(owner, request, flagged, port, where)

    def _changed(
        self, owner: Person, request: RecordedRequest, flagged: str, port: int, where: str
    ) -> Iterator[Variant]:
        """Yield the owner's own browser after each fact that ends the right, at one of the servers."""
        stale = replace(owner.copy(), matters=frozenset())
        if owner.email and owner.cookies.get(SESSION):
            yield self._ended(f"終了の後{where}", stale, port, self._sign_out)
        if request.fresh:
            aged = self._with_key("age_card", stale)
            yield self._ended(f"カードを示した1時間後{where}", stale, port, aged)
        if owner.email:
            yield self._ended(f"停止の後{where}", stale, port, self._doing("disable"), self._doing("enable"))
        if owner.is_staff and MOVED not in request.peers:
            moved = replace(stale, matters=self.open_matters)
            yield self._ended(f"{MOVED}{where}", moved, port, self._doing("transfer"), self._doing("untransfer"))
        if request.flagged:
            ask, name = self.facts.ask, {"name": flagged}
            yield Variant(
                f"支援措置の後{where}", owner.copy(), port, lambda: ask("flag", **name), lambda: ask("unflag", **name)
            )

    def _ended(
        self, name: str, stale: Person, port: int, before: Callable[[Person], object],
        after: Callable[[Person], object] = nothing_of,
    ) -> Variant:  # fmt: skip
        """Return a variant in which something ends the session of the owner, who gets it back afterwards."""
        key = stale.cookies[SESSION]

        def end() -> None:
            self.facts.ask("keep_session", key=key)
            before(stale)

        def give_back() -> None:
            after(stale)
            self.facts.ask("restore_session", key=key)

        return Variant(name, stale, port, end, give_back)

    def _doing(self, verb: str) -> Callable[[Person], object]:
        """Return a change of facts about a person."""
        return lambda person: self.facts.ask(verb, email=person.email)

    def _with_key(self, verb: str, stale: Person) -> Callable[[Person], object]:
        """Return a change of facts about the session of a browser."""
        return lambda person: self.facts.ask(verb, key=stale.cookies[SESSION])

    @staticmethod
    def _sign_out(stale: Person) -> None:
        stale.copy().send(RecordedRequest("", "POST", "/accounts/logout/"))
