"""What the addresses of the points are about: a programme, a grant with its card, shops, settlements."""

from datetime import date

from tests import cast
from tests.cast import points as of_points
from tests.cast.points import BANK
from tests.cast.role_matrix.connect_subjects import FIELDS
from tests.cast.role_matrix.world import World
from todoke.japanese.calendar import today
from todoke.points.models import (
    EligibleImport,
    EligiblePerson,
    FraudAlert,
    Merchant,
    MerchantSettlement,
    PointCard,
    PointGrant,
    PointHolder,
    PointProgram,
)
from todoke.points.shop_redemptions import use_card

Places = dict[str, dict[str, str]]
DAY = date(2026, 11, 20)


def points_of(world: World) -> Places:
    """Return the parts of the addresses."""
    clerk, section = world.people["clerk"], world.case.department
    program = PointProgram.objects.create(
        code="living", title="くらし応援", points=900, starts_on=today(), ends_on=today(), expires_on=today(),
        department=section, basis="要綱", budget_yen=90_000,
    )  # fmt: skip
    program.enrol([("0012345", 1950), ("0012346", 1950)], by=clerk)
    person, other = program.eligible.order_by("pk")
    grant = PointGrant.claim(person, way=EligiblePerson.Way.COUNTER, by=clerk)
    unused = PointGrant.claim(other, way=EligiblePerson.Way.COUNTER, by=clerk)
    holder = cast.present(grant.holder)
    card, pin = PointCard.issue(holder, by=clerk)
    shops = [_shop(world, name) for name in ("八百屋", "本屋", "花屋")]
    shops[1].approve(by=world.people["chief"])
    use = use_card(shops[1], 100, key="a", number=card.number, pin=pin, by=world.people["applicant"])
    alert = FraudAlert.objects.create(kind="often", merchant=shops[1], holder=holder, day=DAY)
    PointHolder.objects.filter(pk=cast.present(unused.holder).pk).update(blocked_at=use.at, block_reason="届出")
    FIELDS["office:settlements-proposal"] = {"route": str(of_points.route().pk)}
    made = {status: _settlement(shops[2], status, day) for day, status in enumerate(("draft", "checked", "approved"))}
    EligibleImport.begin(program, [(f"A{n:05}", None) for n in range(1001)], by=clerk)
    of_grant = {"code": program.code, "number": grant.number}
    return {
        "office:points": {"code": program.code},
        "office:points-grant-page": of_grant,
        "office:points-grant-cancellation": {"code": program.code, "number": unused.number},
        "office:points-card": of_grant,
        "office:points-block": of_grant,
        "office:points-unblock": {"code": program.code, "number": unused.number},
        "office:merchant": {"number": shops[1].number, "pk": str(alert.pk)},
        "office:merchant-approval": {"number": shops[0].number},
        "office:settlement": {"number": made["draft"].number},
        "office:settlement-payment": {"number": made["approved"].number},
        "portal:shop": {"number": shops[1].number, "use": use.number},
    }


def _shop(world: World, name: str) -> Merchant:
    department = world.case.department
    return Merchant.apply(by=world.people["applicant"], name=name, category="food", department=department, **BANK)


def _settlement(shop: Merchant, status: str, number: int) -> MerchantSettlement:
    day = date(2026, 6, number + 1)
    return MerchantSettlement.objects.create(
        number=f"{shop.number}-{number}", merchant=shop, starts_on=day, ends_on=day, gross=0, cancelled=0, carry_in=0,
        payable=0, carry_out=0, status=status,
    )  # fmt: skip
