"""Who signs in without having been on the way anywhere finds their own door."""

import pytest
from django.test import Client
from pytest_django import Settings

from tests import cast
from todoke.accounts.models import User
from todoke.organization.models import Post

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _known(settings: Settings) -> None:
    settings.ACCOUNT_EMAIL_VERIFICATION = "optional"


def test_staff_arrive_at_their_work_and_residents_at_the_first_page() -> None:
    clerk = cast.staff("佐藤 一郎", "clerk@example.lg.jp", Post.Role.CLERK)
    resident = User.objects.create_user("hanako@example.jp", "long-enough-1", name="山田 花子")
    for person, door in ((clerk, "/office/"), (resident, "/")):
        client = Client()
        client.force_login(person)
        assert client.get("/arrival/")["Location"] == door
    assert Client().get("/arrival/")["Location"] == "/"


def test_signing_in_leads_there() -> None:
    User.objects.create_user("hanako@example.jp", "long-enough-1", name="山田 花子")
    answer = Client().post("/accounts/login/", {"login": "hanako@example.jp", "password": "long-enough-1"})
    assert answer["Location"] == "/arrival/"
