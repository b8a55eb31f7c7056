"""Proposals of the demo ward: purchases, an urgent one, a returned one, a substitution (架空)."""

from datetime import date

from todoke.accounts.actors import System
from todoke.approvals.approval_rules import (
    ABOVE,
    ANY,
    CIRCULATE,
    CONSULT,
    DECIDE,
    FIXED,
    JOIN,
    ApprovalRules,
    DecisionClassRule,
    StopRule,
)
from todoke.approvals.models import Deputy, Procurement, Route, RouteDraft
from todoke.approvals.models.procurement import HEADQUARTERS_ABOVE, OTHER, SYSTEM
from todoke.demo.people import person
from todoke.organization.models import Post

ROLE = Post.Role
CHIEF = StopRule(1, CONSULT, ROLE.CHIEF)
DECISION_CLASSES = [
    DecisionClassRule(
        [CHIEF, StopRule(2, DECIDE, ROLE.DIRECTOR, ABOVE)], SYSTEM, up_to=HEADQUARTERS_ABOVE, basis="別表第1(見本)"
    ),
    DecisionClassRule(
        [
            CHIEF,
            StopRule(2, JOIN, ROLE.DIRECTOR, ABOVE),
            StopRule(2, JOIN, ROLE.TREASURER, FIXED, "9001"),
            StopRule(3, DECIDE, ROLE.HEADQUARTERS, ANY),
            StopRule(4, CIRCULATE, ROLE.AUDITOR, ANY),
        ],
        SYSTEM,
        above=HEADQUARTERS_ABOVE,
        basis="別表第2(見本)",
    ),
    DecisionClassRule([StopRule(1, DECIDE, ROLE.CHIEF)], OTHER, basis="別表第3(見本)"),
]


def route() -> Route:
    """Return the approval rule on purchases (見本), creating it if needed."""
    found, new = Route.objects.get_or_create(code="procurement", defaults={"name": "情報システムの調達"})
    if new:
        found.publish(
            ApprovalRules(DECISION_CLASSES),
            starts_on=date(2026, 4, 1),
            basis="みらい区情報システム調達ガイドライン(見本)",
            by=System(),
        )
    return found


def draft_next_version(ruling: Route) -> None:
    """Draft the next version of the rule: purchases above 1.3 million yen also need the director (見本)."""
    draft = RouteDraft.begin(ruling, by=person("dx"))
    small = DecisionClassRule([StopRule(1, DECIDE, ROLE.CHIEF)], OTHER, up_to=1_300_000, basis="別表第3(改正案、見本)")
    large = DecisionClassRule(
        [CHIEF, StopRule(2, DECIDE, ROLE.DIRECTOR, ABOVE)], OTHER, above=1_300_000, basis="別表第4(改正案、見本)"
    )
    draft.save_decision_class(3, small, seen=draft.revision, by=person("dx"))
    draft.save_decision_class(0, large, seen=draft.revision, by=person("dx"))


def post_of(email: str) -> Post:
    """Return the post that the person with this e-mail key holds."""
    return Post.objects.get(tenures__user=person(email))


def build() -> None:
    """Create four purchase proposals at different stages, and a substitution of the chief by the clerk."""
    ruling, clerk, chief = route(), person("clerk"), person("chief")
    Deputy.objects.create(post=post_of("chief"), deputy=post_of("clerk"))
    big = Procurement.create(
        by=clerk,
        title="戸籍総合システム(架空)",
        kind="renewal",
        amount=62_480_000,
        previous_amount=51_700_000,
        increase_reason="標準準拠システムへの移行に伴い、データ移行と職員研修の費用が増えるため。",
        purpose="令和9年度末までに、標準準拠システムへ移行する。窓口の入力時間を1件あたり3分短くする。",
    )
    big.propose(route=ruling, by=clerk, urgent_reason="契約の期限が令和9年3月末のため").approve(
        by=chief, opinion="移行計画のとおりです。"
    )
    small = Procurement.create(
        by=clerk,
        title="窓口の案内表示機(架空)",
        kind="new",
        amount=HEADQUARTERS_ABOVE,
        purpose="待ち人数を外から確かめられるようにする。",
    )
    small.propose(route=ruling, by=clerk)
    returned = Procurement.create(
        by=clerk,
        title="証明書用プリンターの保守(架空)",
        kind="other",
        amount=1_320_000,
        purpose="故障の時間を短くする。",
    )
    returned.propose(route=ruling, by=clerk).return_to_drafter(by=chief, reason="3社の見積書を添えてください。")
    done = Procurement.create(
        by=clerk, title="住民記録端末の部品(架空)", kind="other", amount=440_000, purpose="予備を備える。"
    )
    done.propose(route=ruling, by=clerk).approve(by=chief)
    done.start_contract(by=clerk)
    draft_next_version(ruling)
