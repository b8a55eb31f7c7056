"""Whoever types a number or an address finds its row, in whatever width, and with a blank behind it."""

import pytest

from tests import cast
from todoke.accounts.models import User
from todoke.design.identifier_field import IdentifierField
from todoke.organization.models import Department
from todoke.runtime.mail_addresses import mail_address

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("typed", ["A-1", "Ａ－１", " a−1　"])
def test_a_number_is_found_however_it_is_typed(typed: str) -> None:
    section = cast.department()
    section.code = "A-1"
    section.save(update_fields=["code"])
    assert IdentifierField(Department.objects.all(), to_field_name="code").clean(typed) == section


def test_an_address_keeps_its_small_letters() -> None:
    clerk = cast.clerk()
    field = IdentifierField(User.objects.all(), to_field_name="email", fold=mail_address)
    assert field.clean(f" {clerk.email} ") == clerk
