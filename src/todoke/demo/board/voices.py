"""Voices of the demo ward: two consultations, a question to residents, and staff proposals; all invented (架空)."""

from datetime import datetime, time, timedelta
from decimal import Decimal

from todoke.accounts.actors import Guest, System
from todoke.accounts.models import User
from todoke.approvals.approval_rules import DECIDE, ApprovalRules, DecisionClassRule, StopRule
from todoke.approvals.models import Route
from todoke.demo.people import person
from todoke.japanese.calendar import JAPAN, today
from todoke.meetings.models import Body, Commitment, Meeting
from todoke.organization.models import Department, Post
from todoke.plans.models import Indicator, Plan
from todoke.voices.consultation_result import propose_answers, publish_result
from todoke.voices.models import (
    Briefing,
    Challenge,
    Clause,
    CommentGroup,
    CommentReceipt,
    Consultation,
    ConsultationChannel,
    ConsultationRule,
    EffectMeasurement,
    Idea,
    ProposalCall,
    ProposalVerdict,
    Respondent,
    StaffProposal,
    TextChange,
    TraceLink,
)
from todoke.voices.models.challenge import BANDS

CLAUSES = [
    ("1", "書かない窓口", "区役所の戸籍住民課の窓口で、申請書を書かずに手続ができるようにします。"),
    ("2", "待ち時間", "窓口の待ち時間を、平日の平均で十五分以内にします。"),
    ("3", "休日の窓口", "毎月第二日曜日に、戸籍住民課の窓口を開きます。"),
]
OPINIONS = [
    ("c01", "書かない窓口を、区役所だけでなく出張所でも使えるようにしてください。"),
    ("c01", "出張所でも書かない窓口を始めてください。区役所は遠くて通えません。"),
    ("c02", "待ち時間は平均ではなく、一番長い時間も公表してください。"),
    ("c03", "休日の窓口は、職員の負担が増えるので反対です。"),
]
FEES = [
    ("1", "窓口の手数料", "住民票の写しの手数料を、窓口では一通四百円とします。"),
    ("2", "コンビニの手数料", "コンビニで受け取る住民票の写しの手数料を、一通二百円とします。"),
    ("3", "減免", "生活保護を受けている方からは、手数料をいただきません。"),
]
FEE_OPINIONS = [
    ("c01", "窓口の手数料を上げると、スマートフォンを使えない高齢者の負担が増えます。"),
    ("c02", "コンビニの手数料を下げる案に賛成です。仕事の帰りに受け取れます。"),
    ("c03", "ひとり親の家庭からも、手数料をいただかないようにしてください。"),
]
FEE_BY_POST = "山田花子と申します。窓口の手数料の値上げに反対です。連絡先は090-0000-0000です。"
ADDRESSES = {
    "mail": "iken@mirai-ku.example",
    "post": "000-0000 みらい区一丁目1番1号 戸籍住民課(架空)",
    "fax": "03-0000-0000(架空)",
    "hand": "区役所二階 戸籍住民課(架空)",
}
CHANGED = "区役所の戸籍住民課とすべての出張所の窓口で、申請書を書かずに手続ができるようにします。"
AGES = (2, 6, 17, 24, 22, 19, 12, 6, 0)
PROPOSALS = (
    "様式の押印欄を消す",
    "電話の取次ぎをやめる",
    "備品の貸出しを画面で",
    "窓口の順番札の見直し",
    "共有フォルダの整理",
)


def build() -> None:
    """Build a published consultation with its chain, an open one, a question, and a call for staff proposals."""
    clerk, chief = person("clerk"), person("chief")
    rule = _rule()
    _published(rule, clerk, chief)
    _open(rule, clerk)
    _challenge(clerk)
    _proposals(person("dx"), [clerk, chief, person("hygiene"), person("child")])


def _rule() -> ConsultationRule:
    return ConsultationRule.register(
        title="みらい区意見公募手続要綱(架空)", applies_to="plan", minimum_days=14, maximum_days=31,
        counted_from="next_day", valid_from=today().replace(month=1, day=1) - timedelta(days=730), by=person("records"),
    )  # fmt: skip


def _route() -> Route:
    route = Route.objects.create(code="voices", name="意見募集の決裁(架空)")
    chain = ApprovalRules([DecisionClassRule([StopRule(1, DECIDE, Post.Role.CHIEF)], basis="専決規程(架空)")])
    route.publish(chain, starts_on=today() - timedelta(days=900), basis="みらい区専決規程(架空)", by=System())
    return route


def _announced(
    rule: ConsultationRule, by: User, title: str, began: int, ends: int, clauses: list[tuple[str, str, str]],
) -> Consultation:  # fmt: skip
    opens, closes = today() - timedelta(days=began), today() + timedelta(days=ends)
    of = Consultation.prepare(
        title=title, outline="これからについての案です。気づいたことを教えてください。", rule=rule,
        department=Department.objects.get(name="戸籍住民課"), opens_on=opens, closes_on=closes, by=by,
        closed_day_choice="same", route=Route.objects.filter(code="voices").first() or _route(),
        viewing_places="戸籍住民課の窓口、区のホームページ",
    )  # fmt: skip
    of.texts.get(version=0).write(clauses, by=by)
    for channel, address in ADDRESSES.items():
        ConsultationChannel.offer(of, channel, address=address, by=by)
    of.announce(by=by)
    return of


def _published(rule: ConsultationRule, clerk: User, chief: User) -> None:
    of = _announced(rule, clerk, "みらい区窓口改善計画(案)(架空)", 120, -95, CLAUSES)
    at = datetime.combine(of.opens_on + timedelta(days=5), time(10), JAPAN)
    for clause, text in OPINIONS:
        CommentReceipt.receive(of, channel="web", text=text, clause=clause, arrived_at=at, by=Guest())
    for comment in of.comments.all():
        comment.mask([], by=clerk)
        comment.check_masks(by=chief)
    of.begin_answering(by=clerk)
    group = _answered(of, clerk)
    propose_answers(of, by=clerk).approve(by=chief)
    publish_result(of, words="いただいた意見により、案の第一を直しました。", by=clerk)
    _link(group, clerk)


def _answered(of: Consultation, by: User) -> CommentGroup:
    """Write the groups and answers, and change the first clause; return the group behind the change."""
    said = {
        "c01": ("出張所でも書かない窓口を使いたい", "changed", "出張所でも使えるように、案を直します。"),
        "c02": ("一番長い待ち時間も公表してほしい", "included", "毎月、平均と最長の両方を公表します。"),
        "c03": ("休日の窓口は職員の負担になる", "as_drafted", "交代で休みを取り、負担が増えないようにします。"),
    }
    groups = {}
    for key, (summary, kind, text) in said.items():
        groups[key] = CommentGroup.create(of, summary=summary, clause=key, by=by)
        for point in of.points.filter(clause=key):
            point.move(groups[key], seen=None, by=by)
        response = groups[key].answer(kind=kind, text=text, by=by)
        if kind == "changed":
            clause = Clause.objects.get(text__consultation=of, text__version=1, key=key)
            TextChange.write(clause, CHANGED, seen=clause.body, by=by, response=response)
    return groups["c01"]


def _link(group: CommentGroup, by: User) -> None:
    """Link the answer to a promise of a recorded meeting and to an indicator of the plan in force."""
    promise = Commitment.objects.filter(meeting__status=Meeting.Status.RECORDED, what__contains="書かない窓口").first()
    indicator = Indicator.objects.filter(measure__plan__status=Plan.Status.PUBLISHED).order_by("code").first()
    for target in filter(None, (promise, indicator)):
        TraceLink.make(group, target, reason="この意見を受けて(架空)", by=by)


def _open(rule: ConsultationRule, clerk: User) -> None:
    of = _announced(rule, clerk, "みらい区証明書の手数料の見直し(案)(架空)", 5, 20, FEES)
    at = datetime.combine(today() - timedelta(days=1), time(10), JAPAN)
    for clause, text in FEE_OPINIONS:
        CommentReceipt.receive(of, channel="web", text=text, clause=clause, arrived_at=at, by=Guest())
    meeting = datetime.combine(today() + timedelta(days=7), time(18, 30), JAPAN)
    Briefing.plan(of, starts_at=meeting, place="みらい区民会館(架空)", capacity=60, sign_language=True, by=clerk)
    CommentReceipt.receive(
        of, channel="post", text=FEE_BY_POST, clause="c01",
        arrived_at=at, stamped_on=at.date(), by=clerk,
    )  # fmt: skip


def _challenge(clerk: User) -> None:
    of = Challenge.begin(
        question="区役所の窓口で困ったことは何ですか(架空)", background="窓口の並びを見直します。",
        can_decide="案内の表示と、順番の呼び方", department=Department.objects.get(name="戸籍住民課"),
        opens_on=today() - timedelta(days=10), closes_on=today() + timedelta(days=20),
        answer_by=today() + timedelta(days=60), by=clerk,
    )  # fmt: skip
    for n, text in enumerate(
        ("番号の呼出しが聞こえません。", "どの列に並ぶか分かりません。", "筆談の道具を置いてください。")
    ):
        idea = Idea.post(of, text=text, secret=f"demo{n}")
        if n < 2:
            idea.show(by=clerk)
    for band, number in zip((*BANDS, ""), AGES, strict=True):
        for n in range(number):
            Respondent.note(of, f"{band}{n}", age=band)


def _proposals(secretary: User, authors: list[User]) -> None:
    body = Body.objects.get(code="dx")
    call = ProposalCall.begin(
        title="令和8年度 職員提案(架空)", body=body, opens_on=today() - timedelta(days=60),
        closes_on=today() + timedelta(days=30), by=secretary,
    )  # fmt: skip
    made = [
        StaffProposal.submit(
            call, by=authors[n % len(authors)], mode=("named", "secretariat", "anonymous")[n % 3], title=title,
            problem="同じことに何度も時間がかかります。", remedy="一度で済むようにします。", minutes=5, times=3000,
        )
        for n, title in enumerate(PROPOSALS)
    ]  # fmt: skip
    for proposal in made[:3]:
        proposal.accept(by=secretary)
    call.divide(by=secretary)
    held = body.meetings.order_by("held_on").first()
    if held is not None:
        ProposalVerdict.give(made[1], meeting=held, outcome="favoured", words="試行の結果を見たい", by=secretary)
        ProposalVerdict.give(made[0], meeting=held, outcome="favoured", words="すぐにできる", by=secretary)
    _measured(made[0], secretary)


def _measured(proposal: StaffProposal, secretary: User) -> None:
    meeting = proposal.call.body.meetings.order_by("held_on")[1]
    ProposalVerdict.give(proposal, meeting=meeting, outcome="adopted", words="採用する", by=secretary)
    proposal.finish(by=secretary)
    EffectMeasurement.measure(
        proposal, source="stopwatch", minutes_before=Decimal(12), minutes_after=Decimal(7), number_before=20,
        number_after=20, before_on=today() - timedelta(days=50), after_on=today() - timedelta(days=5), times=3000,
        times_source="手続の一覧の年間件数(架空)", by=secretary,
    )  # fmt: skip
