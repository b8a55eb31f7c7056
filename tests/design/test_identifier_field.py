"""Whoever types a number or an address finds its row, in whatever width, and with a blank behind it."""

import pytest
from django.core.exceptions import ValidationError

from tests import cast
from todoke.accounts.models import User
from todoke.design.identifier_field import DigitsField, IdentifierField, IdentifierTextField
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


def test_a_number_that_is_sought_later_keeps_its_small_letters() -> None:
    assert IdentifierTextField().clean(" ａ−０１２ｂ　") == "a-012b"


def test_a_number_of_a_bank_has_its_digits_in_any_width_and_no_more() -> None:
    field = DigitsField(4)
    assert field.clean(" ０００５ ") == "0005"
    for wrong in ("005", "00005", "000a", "0005\n1"):
        with pytest.raises(ValidationError, match="数字4けた"):
            field.clean(wrong)
