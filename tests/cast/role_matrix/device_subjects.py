"""What the addresses of the devices are about: devices in every state, loans, a loss and a stocktake."""

from datetime import timedelta

from django.utils import timezone

from tests.cast import devices as of_devices
from tests.cast.role_matrix.world import World
from todoke.japanese.calendar import today
from todoke.systems.models import DeviceLoan, LossReport, Stocktake

Places = dict[str, dict[str, str]]


def devices_of(world: World) -> Places:
    """Return the parts of the addresses."""
    admin, clerk = world.people["administrator"], world.people["clerk"]
    section = world.case.department
    made = of_devices.devices(8, of_devices.pool(), admin)
    stock, out, mending, gone, found, later, back, mine = made
    mending.send_to_repair("電池", by=admin)
    lost = LossReport.file(gone, noticed_at=timezone.now(), place="駅", data_class="internal", by=admin)
    LossReport.file(found, noticed_at=timezone.now(), place="駅", data_class="internal", by=admin)
    loan, returned, own = (of_devices.lent(device, clerk, admin) for device in (out, back, mine))
    own.accept(by=clerk)
    returned.announce_return("", is_broken=False, by=clerk)
    day = today() + timedelta(days=9)
    booked = DeviceLoan.book(
        later, department=section, borrower=clerk, purpose="出張", starts_on=day, due_on=day, by=admin
    )
    return {
        "office:device": {"asset_number": out.asset_number},
        "office:device-lending": {"asset_number": stock.asset_number},
        "office:device-loss-filing": {"asset_number": stock.asset_number},
        "office:device-repair": {"asset_number": stock.asset_number},
        "office:device-mending": {"asset_number": mending.asset_number},
        "office:device-recovery": {"asset_number": found.asset_number},
        "office:device-retirement": {"asset_number": stock.asset_number},
        "office:device-loan": {"number": loan.number},
        "office:device-loan-hand-over": {"number": booked.number},
        "office:device-loan-cancellation": {"number": booked.number},
        "office:device-loan-check": {"number": returned.number},
        "office:device-loss": {"number": lost.number},
        "office:my-device": {"number": own.number},
        "office:my-device-acceptance": {"number": loan.number},
        "office:stocktake": {"number": Stocktake.open(by=admin).number},
    }
