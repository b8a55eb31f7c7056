"""Run of the proof of rights: builds the ward, lets everybody act, and returns what those got who may not."""

import sys
import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial

from todoke.federation.provider_simulator.simulated_provider import SimulatedProvider
from todoke.proving import service
from todoke.proving.browser import NoAnswer
from todoke.proving.installation import Installation
from todoke.proving.rights import ward
from todoke.proving.rights.canaries import Matter
from todoke.proving.rights.card_provider import card_provider
from todoke.proving.rights.journeys import card_holders, casework, deposits, office, residents, studio, visits
from todoke.proving.rights.journeys.steps import Story
from todoke.proving.rights.people import FactsClient, Person
from todoke.proving.rights.replayer import Replayer, RightsReport
from todoke.proving.synthetic_users.resident import UnexpectedAnswer

EVERYTHING = 100
RESIDENT, STRANGER = "resident@proof.example", "stranger@proof.example"
SAID = {
    "stranger": "ほかの住民", "other-guest": "ほかのゲスト", "clerk-elsewhere": "ほかの部署の係員",
    "other-card": "ほかのカードの人", "colleague": "同じ課の係員", "administrator": "システム管理担当",
}  # fmt: skip
SAID_IN_SHORT = ("stranger", "clerk-elsewhere")
NAMES = {
    "clerk": service.CLERK, "colleague": ward.COLLEAGUE, "chief": service.CHIEFS[0],
    "clerk-elsewhere": "clerk2@proof.example",
    **{role: f"{role}@proof.example" for role in (
        "designer", "headquarters", "records", "treasurer", "treasurer2", "auditor", "administrator",
    )},
}  # fmt: skip


def run(*, database: str = "sqlite", fault: str = "", short: bool = False) -> RightsReport:
    """Let every journey be walked on two servers and replay each request; return the counts and problems.

    A ``short`` run walks the journeys of one case, and lets each fact that ends a right be tried on one of the servers.
    """
    began, report = time.monotonic(), RightsReport()
    installation = Installation(database=database, fault=fault, processes=1, servers=2)
    installation.environment |= {"TODOKE_STAFF_SECOND_FACTOR": "1", "TODOKE_PROVIDER_NETWORKS": "127.0.0.1"}
    facts: FactsClient | None = None
    try:
        installation.build()
        installation.start(worker=False)
        facts = FactsClient([sys.executable, "-m", "todoke", "verify", "facts"], installation.environment)
        story = _story(installation, facts, report, short=short)
        with card_provider(installation.environment["TODOKE_URL"]) as cards:
            facts.ask("register_card", issuer=cards.issuer)
            _walk(story, installation, cards, report, short=short)
    finally:
        if facts is not None:
            facts.close()
        installation.stop()
    report.seconds = time.monotonic() - began
    return report


def _story(installation: Installation, facts: FactsClient, report: RightsReport, *, short: bool) -> Story:
    """Build the ward and sign everybody in."""
    here, there = installation.ports.values()
    replayer = Replayer(facts, (here, there), report, thorough=not short)
    owner, other = Matter(1), Matter(2)
    names = {RESIDENT: owner.canary(), STRANGER: other.canary()}
    built = facts.ask("build", residents=names)
    people = _people(built["secrets"], here)
    people["resident"].sign_in()
    replayer.weaker[RESIDENT] = people["resident"].copy()
    people["resident"].cookies, people["resident"].secret = {}, facts.ask("add_factor", email=RESIDENT)
    for person in people.values():
        if person.is_staff:
            replayer.weaker[person.email] = person.half_signed_in()
        if person.email:
            person.sign_in()
    people["counter"] = replace(people["clerk"], name="counter", peers=frozenset())
    replayer.people, replayer.strangers = people, [people[name] for name in (SAID_IN_SHORT if short else SAID)]
    return Story(replayer, facts, people, built["procedures"], matters=2)


def name_of(journey: Callable[[Story], None]) -> str:
    """Return the name of a journey, also of one that was given its provider."""
    return str(journey.func.__name__ if isinstance(journey, partial) else journey.__name__)


def _people(secrets: dict[str, str], port: int) -> dict[str, Person]:
    """Return everybody by their part; those who try everything are named as the report names them."""
    people = {
        name: Person(SAID.get(name, name), port, email, secrets[email], is_staff=True) for name, email in NAMES.items()
    }
    for name in ("guest", "other-guest", "agent", "leaver", "cardholder", "other-card"):
        people[name] = Person(SAID.get(name, name), port)
    people["resident"] = Person("resident", port, RESIDENT, matters=frozenset({1}))
    people["stranger"] = Person(SAID["stranger"], port, STRANGER, matters=frozenset({2}))
    for name in ("clerk", "chief", "colleague"):
        people[name].matters = frozenset({1})
    people["auditor"].matters = frozenset(range(EVERYTHING))
    people["clerk"].peers = frozenset({SAID["colleague"]})
    return people


def _walk(
    story: Story, installation: Installation, cards: SimulatedProvider, report: RightsReport, *, short: bool
) -> None:
    """Walk every journey; one that cannot go on is a problem, and the others are walked all the same."""
    first: list[Callable[[Story], None]] = [
        residents.apply_with_account, residents.apply_as_guest, residents.apply_by_agent,
        partial(card_holders.enter_other, provider=cards), partial(card_holders.apply_with_card, provider=cards),
        casework.enter_at_counter, casework.review, residents.correct,
        partial(residents.pay, provider=installation.money), casework.decide, residents.take_letter,
        partial(card_holders.take_letter_with_card, provider=cards), casework.send_letters, residents.leave,
        office.keep_records, partial(card_holders.withdraw_with_card, provider=cards), visits.receive_visits,
    ]  # fmt: skip
    rest: list[Callable[[Story], None]] = [
        casework.ask_elsewhere, residents.withdraw, office.dispose, office.close_day, office.watch, office.appoint,
        studio.design, studio.steer, deposits.deposit,
    ]  # fmt: skip
    for journey in first if short else [*first, *rest]:
        try:
            journey(story)
        except (UnexpectedAnswer, NoAnswer, KeyError) as problem:
            report.problems.append(f"道のり {name_of(journey)}: {problem!r}")
