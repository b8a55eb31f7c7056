"""Replay the approvals of a university's travel log (BPI Challenge 2020, PrepaidTravelCost) through our routes.

Usage: ./todoke bench approvals_replay PATH.xes.gz [--traces N]

Every permit and every request for payment of the log becomes a proposal; each submission, approval, rejection and final
approval is done by the same verb that a page calls. Then the final state of each proposal is compared with the state
that the log alone says it ended in. Acts of the log that our rules refuse are counted and shown, not hidden.

The chain of each round is read from the log (who acted in it); our route then decides who may act and when it is
settled. 'Missing' approvers of the log are replayed as a return by the post whose turn it is. In the log some papers
go on after their final approval; our rules refuse that, since a decided matter is only changed by a new proposal.
Those papers are listed apart; any other difference makes the run fail.
"""

import argparse
import gzip
import platform
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from pathlib import Path
from xml.etree import ElementTree

from django.core.management import call_command
from django.db import connection, transaction

from todoke.accounts.actors import System
from todoke.accounts.models import User
from todoke.approvals.approval_rules import ANY, CONSULT, DECIDE, ApprovalRules, DecisionClassRule, StopRule
from todoke.approvals.models import Proposal, Route, StepDecision
from todoke.audit import log as audit_chain
from todoke.organization.models import Department, Post, Tenure
from todoke.runtime.refusals import Refused

POSTS = {
    "ADMINISTRATION": Post.Role.ADMINISTRATOR,
    "BUDGET OWNER": Post.Role.TREASURER,
    "SUPERVISOR": Post.Role.CHIEF,
    "DIRECTOR": Post.Role.DIRECTOR,
    "PRE_APPROVER": Post.Role.DESIGNER,
}
KINDS = ("Permit", "Request For Payment")
Chain = tuple[str, ...]


@dataclass
class Round:
    """One submission of a document and what was done with it: pairs of act and role."""

    acts: list[tuple[str, str]] = field(default_factory=list)

    def chain(self) -> Chain:
        """The posts of this round in order; the last decides."""
        roles = [role for act, role in self.acts if act in {"APPROVED", "FINAL_APPROVED", "REJECTED"} and role in POSTS]
        if any(act == "FINAL_APPROVED" for act, _ in self.acts):
            last = max(place for place, (act, _) in enumerate(self.acts) if act == "FINAL_APPROVED")
            return tuple(role for act, role in self.acts[: last + 1] if act in {"APPROVED", "FINAL_APPROVED"})
        return (*roles, "DIRECTOR")


@dataclass
class Paper:
    """A permit or a request of one trace, with the state that the log says it ended in."""

    name: str
    rounds: list[Round] = field(default_factory=list)

    def acts_after_the_decision(self) -> bool:
        """Whether the log goes on with a paper that it had finally approved."""
        acts = [act for part in self.rounds for act, _ in [("SUBMITTED", ""), *part.acts]]
        return "FINAL_APPROVED" in acts[:-1]

    def expected(self) -> str:
        """The final state, read from the last act of the log alone."""
        act, role = self.rounds[-1].acts[-1] if self.rounds[-1].acts else ("SUBMITTED", "EMPLOYEE")
        if act == "FINAL_APPROVED":
            return "approved"
        if act == "REJECTED":
            return "dropped" if role == "EMPLOYEE" else "returned"
        return "circulating"


def traces(path: Path) -> Iterator[tuple[str, list[str]]]:
    with gzip.open(path) as file:
        for _, element in ElementTree.iterparse(file):
            if element.tag.endswith("trace"):
                name = next(child.get("value", "") for child in element if child.get("key") == "concept:name")
                events = [child for child in element if child.tag.endswith("event")]
                yield (
                    name,
                    [
                        next(part.get("value", "") for part in event if part.get("key") == "concept:name")
                        for event in events
                    ],
                )
                element.clear()


def papers_of(name: str, events: list[str]) -> list[Paper]:
    found: dict[str, Paper] = {}
    for event in events:
        kind = next((kind for kind in KINDS if event.startswith(f"{kind} ")), "")
        if not kind or "SAVED" in event:
            continue
        act, role = event.removeprefix(f"{kind} ").split(" by ")
        paper = found.setdefault(kind, Paper(f"{name} {kind}"))
        if act == "SUBMITTED":
            paper.rounds.append(Round())
        elif paper.rounds:
            paper.rounds[-1].acts.append((act, role))
    return [paper for paper in found.values() if paper.rounds]


def publish(chains: list[Chain]) -> Route:
    """One decision class per chain, told apart by an amount: the n-th chain is for amounts above n-1 up to n yen."""
    decision_classes = [
        DecisionClassRule(
            [
                StopRule(place, DECIDE if place == len(chain) else CONSULT, POSTS[role], ANY)
                for place, role in enumerate(chain, 1)
            ],
            above=index or None,
            up_to=index + 1 if index + 1 < len(chains) else None,
        )
        for index, chain in enumerate(chains)
    ]
    route = Route.objects.create(code="travel", name="旅費(再現)")
    route.publish(ApprovalRules(decision_classes), starts_on=date(2016, 1, 1), basis="BPI Challenge 2020", by=System())
    return route


def people() -> dict[str, User]:
    section, made = Department.objects.create(code="1", name="再現課"), {}
    for role, post in {"EMPLOYEE": Post.Role.CLERK, **POSTS}.items():
        made[role] = User.objects.create_user(f"{post}@example.jp", name=role)
        seat = Post.objects.create(department=section, title=role, role=post)
        Tenure.objects.create(post=seat, user=made[role], starts_on=date(2016, 1, 1))
    return made


class Replay:
    """Plays papers with the verbs of the model and keeps count of what was refused."""

    def __init__(self, route: Route, chains: list[Chain], cast: dict[str, User]) -> None:
        self.route, self.cast = route, cast
        self.yen = {chain: index + 1 for index, chain in enumerate(chains)}
        self.refused: Counter[str] = Counter()
        self.done = 0

    def play(self, paper: Paper) -> str:
        with transaction.atomic():
            yen, drafter = self.yen[paper.rounds[0].chain()], self.cast["EMPLOYEE"]
            proposal = Proposal.open(
                route=self.route, title=paper.name, dossier={"件": paper.name}, by=drafter, amount=yen
            )
        for place, part in enumerate(paper.rounds):
            if place:
                again = partial(Proposal.resubmit, dossier={"回": place}, by=drafter, amount=self.yen[part.chain()])
                self._try("SUBMITTED", again, proposal)
            for number, (act, role) in enumerate(part.acts):
                ends = place == len(paper.rounds) - 1 and number == len(part.acts) - 1
                self._act(proposal, act, role, ends=ends)
        return Proposal.objects.get(pk=proposal.pk).status

    def _act(self, proposal: Proposal, act: str, role: str, *, ends: bool) -> None:
        drafter = self.cast["EMPLOYEE"]
        if act != "REJECTED":
            self._try(f"{act} by {role}", lambda p: p.approve(by=self.cast[role]), proposal)
        elif role == "EMPLOYEE":
            if Proposal.objects.get(pk=proposal.pk).status == "circulating":
                self._try(f"{act} by {role}", lambda p: p.take_back(by=drafter, reason="引戻し"), proposal)
            if ends:
                self._try(f"{act} by {role}", lambda p: p.drop(by=drafter, reason="取りやめ"), proposal)
        else:
            person = self.cast.get(role) or self._whose_turn(proposal)
            self._try(f"{act} by {role}", lambda p: p.return_to_drafter(by=person, reason="差戻し"), proposal)

    def _whose_turn(self, proposal: Proposal) -> User:
        """The person at the open step; where nothing is open, anybody, who will be refused."""
        step = proposal.steps.filter(status="open").last()
        return step.people()[0] if step else self.cast["SUPERVISOR"]

    def _try(self, name: str, deed: Callable[[Proposal], object], proposal: Proposal) -> None:
        try:
            with transaction.atomic():
                deed(Proposal.objects.get(pk=proposal.pk))
            self.done += 1
        except Refused:
            self.refused[name] += 1


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("path", type=Path)
    parser.add_argument("--traces", type=int, default=10**9)
    options = parser.parse_args()
    call_command("migrate", verbosity=0)
    found = [papers_of(name, events) for name, events in traces(options.path)][: options.traces]
    papers = [paper for group in found for paper in group]
    chains = sorted({part.chain() for paper in papers for part in paper.rounds})
    replay = Replay(publish(chains), chains, people())
    began = time.monotonic()
    ends: Counter[tuple[str, str, bool]] = Counter()
    for paper in papers:
        ends[paper.expected(), replay.play(paper), paper.acts_after_the_decision()] += 1
    seconds = time.monotonic() - began
    print(f"{platform.machine()} Python {platform.python_version()} {connection.vendor}")
    print(f"traces {len(found):,} / papers {len(papers):,} / chains {len(chains)} / acts done {replay.done:,}")
    for (expected, reached, later), count in sorted(ends.items()):
        remark = "" if expected == reached else "acts after the decision" if later else "DIFFERENT"
        print(f"  log says {expected:12} we end in {reached:12} {count:6,}  {remark}")
    same = sum(count for (expected, reached, _), count in ends.items() if expected == reached)
    wrong = sum(count for (expected, reached, later), count in ends.items() if expected != reached and not later)
    print(f"same final state: {same:,} of {len(papers):,}; of the rest not explained: {wrong}")
    print(f"acts of the log refused: {sum(replay.refused.values())}")
    for name, count in replay.refused.most_common():
        print(f"  refused {count:5}  {name}")
    print(f"decisions {StepDecision.objects.count():,}; breaks in the audit chain: {len(list(audit_chain.verify()))}")
    print(f"{seconds:.1f} s, {replay.done / seconds:.0f} acts/s")
    raise SystemExit(wrong > 0)


if __name__ == "__main__":
    main()
