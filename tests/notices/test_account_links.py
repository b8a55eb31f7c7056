"""A mailed link to a new password gives one new password, also to two who send one at the same moment."""

import pytest
from allauth.account.forms import default_token_generator

from tests import cast
from todoke.notices.account_links import ResetPasswordKeyForm
from todoke.notices.link_purpose import LinkEnded

pytestmark = pytest.mark.django_db


def test_of_two_new_passwords_by_one_link_the_first_counts() -> None:
    person = cast.resident()
    key = default_token_generator.make_token(person)
    words = ["hajime-no-kotoba-8", "tsugi-no-kotoba-9"]
    forms = [
        ResetPasswordKeyForm({"password1": each, "password2": each}, user=type(person).objects.get(), temp_key=key)
        for each in words
    ]
    assert all(form.is_valid() for form in forms)
    forms[0].save()
    with pytest.raises(LinkEnded):
        forms[1].save()
    person.refresh_from_db()
    assert person.check_password(words[0])
