"""The cast of the admissions: a section with nurseries and rules, and families on their way through a round."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from tests import cast
from todoke.accounts.actors import System
from todoke.accounts.models import User
from todoke.admissions.models import (
    ApplicantChild,
    ChildcareFacility,
    Household,
    PlacementRun,
    RuleDraft,
    RuleVersion,
    Scheme,
    ScoringFact,
    SeatPool,
    SelectionRound,
)
from todoke.admissions.selection.adoption import propose
from todoke.admissions.selection.input_fixation import fix_inputs, open_points, sign_away
from todoke.admissions.selection.run_computation import compute_run
from todoke.admissions.selection.scores import compute_scores
from todoke.approvals.approval_rules import DECIDE, ApprovalRules, DecisionClassRule, StopRule
from todoke.approvals.models import Route
from todoke.organization.models import Department, Post

MONTH = date(2026, 4, 1)
OPENED = datetime.fromisoformat("2025-10-01T09:00:00+09:00")
DEADLINE = datetime.fromisoformat("2025-11-10T17:00:00+09:00")
WORK = {"op": "at_least", "question": "work_days"}
RULES: dict[str, Any] = {
    "format": "todoke-admission-rules/1",
    "title": "みらい区 保育所等利用調整基準(例)",
    "basis": "みらい区保育所等利用調整要綱",
    "facts": [
        {"id": "work_days", "label": "1か月の就労日数", "about": "guardian", "kind": "number", "unit": "日"},
        {"id": "single", "label": "ひとり親", "about": "household", "kind": "yes", "origin": "staff"},
        {"id": "leave", "label": "育児休業から戻る", "about": "child", "kind": "yes"},
        {"id": "sibling_at", "label": "きょうだいが通う施設", "about": "child", "kind": "facilities"},
        {"id": "income", "label": "所得割課税額", "about": "household", "kind": "number", "origin": "staff"},
    ],
    "base": [
        {
            "id": "work",
            "title": "基本指数",
            "take": "highest",
            "rows": [
                {"id": "work_20", "label": "月20日以上の就労", "when": WORK | {"value": 20}, "points": 20},
                {"id": "work_16", "label": "月16日以上の就労", "when": WORK | {"value": 16}, "points": 16},
                {"id": "work_12", "label": "月12日以上の就労", "when": WORK | {"value": 12}, "points": 12},
            ],
        }
    ],
    "combine": "sum",
    "single": "doubled",
    "adjustments": [
        {
            "id": "home",
            "title": "世帯の状況",
            "about": "household",
            "take": "highest",
            "rows": [
                {
                    "id": "single",
                    "label": "ひとり親",
                    "when": {"op": "is", "question": "single", "value": "yes"},
                    "points": 5,
                }
            ],
        },
        {
            "id": "child",
            "title": "児童の状況",
            "about": "child",
            "take": "all",
            "rows": [
                {
                    "id": "leave",
                    "label": "育児休業から戻る",
                    "when": {"op": "is", "question": "leave", "value": "yes"},
                    "points": 2,
                }
            ],
        },
    ],
    "facility_rows": [{"id": "sibling", "label": "きょうだいが通う施設を希望する", "fact": "sibling_at", "points": 3}],
    "siblings": "own",
    "ties": [{"id": "income", "label": "所得の低い順", "direction": "ascending", "fact": "income"}],
    "publish_from": 3,
}


@dataclass
class Nursery:
    """A section that places children, with its people, its facilities and a round."""

    section: Department
    clerk: User
    second: User
    chief: User
    director: User
    scheme: Scheme
    version: RuleVersion
    facilities: dict[str, ChildcareFacility] = field(default_factory=dict)

    def prepared(self, **links: Any) -> SelectionRound:
        """A round before its opening."""
        fields: dict[str, Any] = {"kind": "first", "month": MONTH, "deadline": DEADLINE} | links
        return SelectionRound.prepare(self.scheme, by=self.clerk, **fields)

    def opened(self, **links: Any) -> SelectionRound:
        """A round that takes applications."""
        made = self.prepared(**links)
        made.open(by=self.clerk, at=OPENED)
        return made

    def seats(self, of: SelectionRound, name: str, seats: int, *classes: int, **more: Any) -> SeatPool:
        """A pool whose number two people have confirmed."""
        pool = SeatPool.open(of, self.facilities[name], classes or (1,), by=self.clerk, **more)
        pool.report(seats, side="facility", by=self.clerk, source="10月1日の報告書")
        pool.report(seats, side="office", by=self.second, source="定員と在園の名簿")
        return pool

    def family(self, of: SelectionRound, number: str, days: tuple[int, ...] = (20, 20), **more: Any) -> Household:
        """A household whose guardians work so many days a month, with an income of 100,000."""
        home = Household.register(
            of, number=number, name=f"{number}の保護者", by=self.clerk, guardians=len(days), **more
        )
        for guardian, worked in enumerate(days, 1):
            ScoringFact.write(home, "work_days", str(worked), guardian=guardian, by=self.clerk)
        ScoringFact.write(home, "income", "100000", by=self.clerk, origin="staff", evidence="課税証明書")
        return home

    def settled(self, of: SelectionRound) -> SelectionRound:
        """The round with its points counted, every point signed away, and its inputs fixed."""
        of.close(by=self.clerk)
        compute_scores(of, by=self.clerk)
        for point in open_points(of)[0]:
            sign_away(of, point.kind, point.key, reason="確かめた", by=self.clerk)
        fix_inputs(of, by=self.clerk)
        return of

    def trial(self, of: SelectionRound, **more: Any) -> PlacementRun:
        """A run that was computed."""
        run = PlacementRun.request(of, by=self.clerk, **more)
        compute_run(run)
        run.refresh_from_db()
        return run

    def adopted(self, of: SelectionRound) -> PlacementRun:
        """A run that the chief approved, with its placements and letters."""
        run = self.trial(self.settled(of))
        propose(run, by=self.clerk).approve(by=self.chief)
        of.refresh_from_db()
        run.refresh_from_db()
        return run

    def child(self, home: Household, number: str, *wishes: str, age: int = 1, **more: Any) -> ApplicantChild:
        """A child of a household that wishes for facilities, the best first."""
        found = [self.facilities[name] for name in wishes]
        return ApplicantChild.register(
            home, number=number, name=f"{number}の児童", born_on=date(2024, 6, 1), age_class=age, wishes=found,
            by=self.clerk, **more,
        )  # fmt: skip


def nursery(rules: dict[str, Any] | None = None, *names: str) -> Nursery:
    """A section with nurseries, and rules that one person wrote and another published."""
    parent = cast.department("子ども家庭部", "5000")
    section, _ = Department.objects.get_or_create(code="5002", defaults={"name": "保育課", "parent": parent})
    return nursery_of(
        section,
        clerk=cast.staff("保育 係員", "hoiku@example.lg.jp", Post.Role.CLERK, section),
        second=cast.staff("保育 主任", "hoiku2@example.lg.jp", Post.Role.CLERK, section),
        chief=cast.staff("保育 課長", "hoiku-chief@example.lg.jp", Post.Role.CHIEF, section),
        director=cast.staff("子ども 部長", "kodomo@example.lg.jp", Post.Role.DIRECTOR, parent),
        rules=rules or RULES,
        names=names or ("もも", "みかん", "りんご"),
    )


def nursery_of(
    section: Department, *, clerk: User, second: User, chief: User, director: User,
    rules: dict[str, Any] = RULES, names: tuple[str, ...] = ("もも", "みかん", "りんご"),
) -> Nursery:  # fmt: skip
    """The same in a section that is there already."""
    route = Route.objects.create(code="hoiku", name="利用調整の決裁")
    chain = ApprovalRules([DecisionClassRule([StopRule(1, DECIDE, Post.Role.CHIEF)], basis="第5条")])
    route.publish(chain, starts_on=date(2020, 4, 1), basis="みらい区専決規程", by=System())
    scheme = Scheme.objects.create(
        code="nursery", name="保育所等", kind="nursery", department=section, route=route, appeal="審査請求ができます。"
    )
    version = published(scheme, rules, by=clerk, confirmed_by=second)
    made = Nursery(section, clerk, second, chief, director, scheme, version)
    for number, name in enumerate(names, 1):
        facility = ChildcareFacility.objects.create(scheme=scheme, code=f"F{number}", name=f"{name}保育園")
        made.facilities[name] = facility
    return made


def published(
    scheme: Scheme, rules: dict[str, Any], *, by: User, confirmed_by: User, starts_on: date = date(2020, 4, 1)
) -> RuleVersion:
    """Rules that one person wrote and another published."""
    RuleDraft.edit(scheme, rules, starts_on=starts_on, by=by)
    return RuleDraft.objects.get(scheme=scheme).publish(by=confirmed_by)
