"""Two administrators at one moment: one lends the device, the other is told."""

from functools import partial

import pytest

from tests import cast
from tests.cast import devices as of_devices
from tests.cast.races import together
from todoke.japanese.calendar import today
from todoke.systems.models import Device, DeviceLoan

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgresql, pytest.mark.slow]


def test_two_people_who_lend_one_device_at_once_make_one_loan() -> None:
    admin, section = of_devices.lender(), cast.department()
    for device in of_devices.devices(20, of_devices.pool(), admin):

        def lend(pk: int) -> None:
            DeviceLoan.lend(
                Device.objects.get(pk=pk), department=section, borrower=None, purpose="出張", due_on=today(), by=admin
            )

        assert sorted(together(*[partial(lend, device.pk)] * 2)) == [False, True]
    assert DeviceLoan.objects.open().count() == 20
