"""利用調整 of the demo ward: a small invented round that was notified, and one that takes applications now."""

import json
from datetime import date, datetime, time, timedelta
from pathlib import Path

from todoke.accounts.actors import System
from todoke.accounts.models import User
from todoke.admissions.models import (
    ApplicantChild,
    ChildcareFacility,
    Directive,
    Household,
    PlacementRun,
    RuleDraft,
    Scheme,
    ScoringFact,
    SeatPool,
    SelectionRound,
    SubmittedPaper,
)
from todoke.admissions.selection.adoption import notify, propose
from todoke.admissions.selection.input_fixation import fix_inputs, open_points, sign_away
from todoke.admissions.selection.run_computation import compute_run
from todoke.admissions.selection.scores import compute_scores
from todoke.approvals.approval_rules import DECIDE, ApprovalRules, DecisionClassRule, StopRule
from todoke.approvals.models import Route
from todoke.demo.cases import PEOPLE
from todoke.demo.offers import APPEAL
from todoke.demo.people import person
from todoke.japanese.calendar import JAPAN, fiscal_year, today
from todoke.organization.models import Department, Post

RULES = Path(__file__).parent / "admission_rules.json"
FACILITIES = ("もも保育園", "みかん保育園", "りんご保育園", "ぶどう保育園")
GIVEN = ("葵", "陽", "凛", "湊", "紬", "蓮", "結", "蒼", "杏", "樹", "澪", "律")
SEATS = {"もも保育園": (3, 4), "みかん保育園": (2, 3), "りんご保育園": (3, 2), "ぶどう保育園": (1, 2)}
WORK = ((20, 480), (20, 420), (20, 360), (16, 480), (16, 360), (12, 360), (12, 240))
FAMILIES = 24
CITIZEN = "hanako"


def build() -> None:
    """Build the scheme with its rules, the round of this year's April that is over, and the next one."""
    scheme = _scheme()
    start = fiscal_year(today())
    done = _round(scheme, date(start, 4, 1), closed=True)
    _finish(done)
    _round(scheme, date(start + 1, 4, 1), closed=False, last=done)


def _scheme() -> Scheme:
    section = Department.objects.get(name="保育課")
    route = Route.objects.create(code="admissions", name="利用調整の決裁(架空)")
    chain = ApprovalRules([DecisionClassRule([StopRule(1, DECIDE, Post.Role.CHIEF)], basis="専決規程(架空)")])
    route.publish(chain, starts_on=date(2020, 4, 1), basis="みらい区専決規程(架空)", by=System())
    scheme = Scheme.objects.create(
        code="nursery", name="保育所等(架空)", kind="nursery", department=section, route=route, appeal=APPEAL
    )
    for number, name in enumerate(FACILITIES, 1):
        ChildcareFacility.objects.create(scheme=scheme, code=f"H{number:02}", name=name, address="みらい区中央(架空)")
    rules = json.loads(RULES.read_text(encoding="utf-8"))
    draft = RuleDraft.edit(scheme, rules, starts_on=date(fiscal_year(today()), 4, 1), by=person("hoiku"))
    draft.publish(by=person("designer"), changes="はじめての版")
    return scheme


def _round(scheme: Scheme, month: date, *, closed: bool, last: SelectionRound | None = None) -> SelectionRound:
    by = person("hoiku")
    deadline = datetime.combine(month - timedelta(days=110), time(17), JAPAN) if closed else _soon()
    of = SelectionRound.prepare(scheme, kind="first", month=month, deadline=deadline, by=by, last_year=last)
    of.open(by=by, at=deadline - timedelta(days=30))
    for name, seats in SEATS.items():
        facility = scheme.facilities.get(name=name)
        for age, number in enumerate(seats):
            _seats(of, facility, age, number)
    for number in range(FAMILIES):
        _family(of, number)
    compute_scores(of, by=by)
    return of


def _soon() -> datetime:
    return datetime.combine(today() + timedelta(days=21), time(17), JAPAN)


def _seats(of: SelectionRound, facility: ChildcareFacility, age: int, number: int) -> None:
    pool = SeatPool.open(of, facility, (age,), by=person("hoiku"), places=number + 8, staying=8, last_year=number)
    pool.report(number, side="facility", by=person("hoiku"), source="施設の報告書(架空)")
    pool.report(number, side="office", by=person("hoiku-chief"), source="定員と在園の名簿(架空)")


def _family(of: SelectionRound, number: int) -> None:
    by = person("hoiku")
    surname = PEOPLE[number % len(PEOPLE)][0]
    applicant: User | None = person(CITIZEN) if number == FAMILIES - 1 else None
    name = applicant.name if applicant else f"{surname} {PEOPLE[(number * 5) % len(PEOPLE)][1]}"
    home = Household.register(
        of, number=f"S{number + 1:03}", name=name, by=by, guardians=1 if number % 8 == 0 else 2, applicant=applicant,
        address="みらい区中央二丁目(架空)",
    )  # fmt: skip
    for guardian in range(1, home.guardians + 1):
        days, minutes = WORK[(number + guardian * 2) % len(WORK)]
        ScoringFact.write(home, "work_days", str(days), by=by, guardian=guardian)
        ScoringFact.write(home, "work_minutes", str(minutes), by=by, guardian=guardian)
    income, papers = str(90_000 + 7_000 * number), "課税証明書(架空)"
    ScoringFact.write(home, "income", income, by=by, origin="staff", evidence=papers)
    for sibling in range(2 if number % 6 == 5 else 1):
        _child(of, home, number, sibling, name.split()[0])


def _child(of: SelectionRound, home: Household, number: int, sibling: int, surname: str) -> None:
    facilities = list(of.scheme.facilities.order_by("code"))
    first = (number + sibling) % len(facilities)
    wishes = [facilities[(first + step) % len(facilities)] for step in range(1 + number % 3)]
    age = sibling if number % 6 == 5 else number % 2
    given = GIVEN[(number + 3 * sibling) % len(GIVEN)]
    child = ApplicantChild.register(
        home, number=f"{of.month:%y}{number * 2 + sibling + 1:04}", name=f"{surname} {given}",
        born_on=date(of.month.year - age - 1, 9, 1 + number), age_class=age, wishes=wishes, by=person("hoiku"),
    )  # fmt: skip
    ScoringFact.write(home, "leave", "yes" if number % 3 else "no", by=person("hoiku"), child=child)


def _finish(of: SelectionRound) -> None:
    """Bring a round from its deadline to the letters, with a pin and a paper that was worked in."""
    by, chief = person("hoiku"), person("hoiku-chief")
    of.close(by=by)
    child = of.children.order_by("number").first()
    if child is not None:
        paper = SubmittedPaper.enter(of, kind="certificate", received_on=today(), note="就労証明書(架空)", by=by)
        paper.work_in(child=child, outcome="就労日数に変わりはなかった", by=by)
        facility = of.scheme.facilities.get(name="ぶどう保育園")
        text = "面談の記録による(架空)"
        pin = Directive.write(child, kind="forbid", facility=facility, reason="safety", text=text, by=chief)
        pin.approve(by=person("child-director"))
    compute_scores(of, by=by)
    for point in open_points(of)[0]:
        sign_away(of, point.kind, point.key, reason="架空の選考のため、確かめたことにする", by=by)
    fix_inputs(of, by=by)
    run = PlacementRun.request(of, by=by)
    compute_run(run)
    run.refresh_from_db()
    propose(run, by=by).approve(by=chief)
    of.refresh_from_db()
    notify(of, by=by)
