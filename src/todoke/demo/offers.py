"""Online services of the demo ward: four procedures with forms, fees and letters. Texts are samples (見本).

One of them asks for a card and says the equal way without one.
"""

from dataclasses import dataclass
from datetime import date, datetime

from todoke.accounts.actors import System
from todoke.accounts.models import User
from todoke.approvals.approval_rules import DECIDE, ApprovalRules, DecisionClassRule, StopRule
from todoke.approvals.models import Route
from todoke.demo.people import person
from todoke.formbuilder.document.form_templates import create_draft
from todoke.japanese.calendar import JAPAN
from todoke.offers.models import FeeLine, LetterText, Offer, Release
from todoke.organization.models import Department, Post
from todoke.procedures.models import Procedure

OPENED = datetime(2026, 4, 1, tzinfo=JAPAN)
APPEAL = (
    "この決定に不服があるときは、この決定があったことを知った日の翌日から起算して3か月以内に、みらい区長に対して"
    "審査請求をすることができます(決定の日の翌日から起算して1年を経過したときは、できません)。\n"
    "また、この決定の取消しの訴えは、この決定があったことを知った日の翌日から起算して6か月以内に、みらい区を被告として"
    "(みらい区長が被告の代表者となります。)提起することができます(決定の日の翌日から起算して1年を経過したときは、できません)。"
)


@dataclass(frozen=True)
class Service:
    """One service to open: form, national procedure, section, legal period in days, fees in yen, letter.

    ``postage`` is what delivery by post costs, by the answer that asks for it. ``without_card`` is the way without a
    card of a service that asks for one.
    """

    code: str
    national_id: str
    title: str
    section: str
    days: int
    delivery: str
    letter: str
    fee: tuple[str, int, str] | None = None
    postage: tuple[tuple[str, int, str, str], ...] = ()
    without_card: str = ""


SERVICES = [
    Service(
        code="residence-certificate",
        national_id="9108",
        title="住民票の写しの交付請求",
        section="戸籍住民課",
        days=3,
        delivery="郵送または窓口",
        letter="住民票の写し 交付決定通知書",
        fee=("住民票の写し交付手数料", 300, "copies"),
        postage=(
            ("郵送料(普通郵便)", 110, "post_speed", "normal"),
            ("郵送料(速達)", 410, "post_speed", "express"),
        ),
    ),
    Service(
        code="dog-registration",
        national_id="48899",
        title="犬の登録申請",
        section="生活衛生課",
        days=5,
        delivery="郵送または窓口",
        letter="犬の登録 通知書",
        fee=("犬の登録手数料", 3000, ""),
    ),
    Service(
        code="child-allowance",
        national_id="204038",
        title="児童手当 認定請求",
        section="子育て支援課",
        days=22,
        delivery="この画面と郵送",
        letter="児童手当 認定通知書",
    ),
    Service(
        code="moving-out",
        national_id="120164",
        title="転出届(マイナンバーカードを使う場合)",
        section="戸籍住民課",
        days=3,
        delivery="この画面",
        letter="転出届 受理通知書",
        without_card="本人確認書類を持って戸籍住民課の窓口へお越しください。郵送でも出せます。期限と手数料は同じです。",
    ),
]


def route() -> Route:
    """Return the approval rule for applications (見本): the chief of the section decides."""
    found, new = Route.objects.get_or_create(code="applications", defaults={"name": "申請に対する処分"})
    if new:
        rules = ApprovalRules(
            [DecisionClassRule([StopRule(1, DECIDE, Post.Role.CHIEF)], basis="みらい区専決規程 第5条(見本)")]
        )
        found.publish(rules, starts_on=date(2026, 4, 1), basis="みらい区専決規程(見本)", by=System())
    return found


def open_service(service: Service, designer: User) -> Release:
    """Publish the form and the first release of a service; return the release."""
    section = Department.objects.get(name=service.section)
    procedure = Procedure.objects.filter(national_id=service.national_id).first() or Procedure.objects.create(
        national_id=service.national_id, title=service.title, department=section
    )
    offer = Offer.objects.create(code=service.code, procedure=procedure, department=section, opens_at=OPENED)
    opening = "{received}に申請のあった「{procedure}」について、次のとおり決定しましたので通知します。"
    rows: list[FeeLine | LetterText] = [
        LetterText(kind="grant", title=service.letter, opening=opening),
        LetterText(kind="partly", title=service.letter, opening=opening, appeal=APPEAL),
        LetterText(kind="refuse", title=f"{service.title} 却下通知書", opening=opening, appeal=APPEAL),
    ]
    if service.fee:
        label, amount, unit = service.fee
        rows.append(FeeLine(label=label, amount=amount, unit_question=unit, revenue_code="13-02-01"))
    for label, amount, asked, answer in service.postage:
        postage = {"when_question": asked, "when_value": answer, "revenue_code": "13-02-02"}
        rows.append(FeeLine(label=label, amount=amount, **postage))
    return Release.publish(
        offer,
        rows=rows,
        by=designer,
        form_version=create_draft(service.code, by=designer).publish(by=designer),
        route=route(),
        standard_days=service.days,
        delivery=service.delivery,
        effective_at=OPENED,
        **(
            {"identity": "card", "without_card": service.without_card, "without_card_channel": "counter"}
            if service.without_card
            else {}
        ),
    )


def build() -> None:
    """Open the services."""
    designer = person("designer")
    for service in SERVICES:
        open_service(service, designer)
