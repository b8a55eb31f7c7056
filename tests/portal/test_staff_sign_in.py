"""Staff sign in by the city's provider: it makes no account, gives no right, and can take the sign-in away."""

from datetime import timedelta

import pytest
from django.contrib.auth import SESSION_KEY
from django.test import Client
from pytest_django import Settings

from tests import cast
from tests.cast import providers
from tests.cast.providers import Simulator
from todoke.accounts.models import User
from todoke.federation.models import GroupMapping, LinkedIdentity, StaffArrival
from todoke.federation.provider_simulator.fictional_people import PEOPLE
from todoke.japanese.calendar import today
from todoke.organization.models import Post, Tenure
from todoke.runtime.refusals import NotAllowed

pytestmark = pytest.mark.django_db


def joined(simulator: Simulator) -> User:
    """A clerk who came by the city's provider and was joined to her post by an administrator."""
    provider, clerk = simulator.register("staff"), cast.clerk()
    response = providers.sign_in(Client(), simulator.houses["staff"], "clerk")
    assert response.headers["Location"] == "/sign-in/arrival/"
    StaffArrival.objects.get(provider=provider).join(clerk, by=providers.administrator())
    return clerk


def test_who_comes_first_is_nobody_until_an_administrator_joins_them(simulator: Simulator) -> None:
    simulator.register("staff")
    client, people = Client(), User.objects.count()
    for _ in range(2):
        providers.sign_in(client, simulator.houses["staff"], "clerk")
    arrival = StaffArrival.objects.get()
    assert (arrival.name, arrival.groups) == ("職員 一人目", "受付担当")
    assert (User.objects.count(), SESSION_KEY in client.session) == (people, False)


def test_a_clerk_signs_in_with_the_second_factor_of_the_provider(simulator: Simulator, settings: Settings) -> None:
    settings.STAFF_SECOND_FACTOR = True
    joined(simulator)
    client = Client()
    providers.sign_in(client, simulator.houses["staff"], "clerk")
    assert client.get("/office/").status_code == 200


def test_a_provider_without_a_second_factor_leaves_ours_to_be_shown(simulator: Simulator, settings: Settings) -> None:
    settings.STAFF_SECOND_FACTOR = True
    joined(simulator)
    client = Client()
    simulator.houses["staff"].faults = {"weak-acr"}
    providers.sign_in(client, simulator.houses["staff"], "clerk")
    assert client.get("/office/").status_code == 302


def test_groups_give_no_right(simulator: Simulator) -> None:
    joined(simulator)
    simulator.houses["staff"].groups = {"clerk": ("受付担当", "システム管理担当", "administrators")}
    client = Client()
    providers.sign_in(client, simulator.houses["staff"], "clerk")
    assert client.get("/office/").status_code == 200
    assert client.get("/office/providers/").status_code == 403


def test_a_missing_group_takes_the_sign_in_and_every_session_away(simulator: Simulator) -> None:
    clerk, house, client = joined(simulator), simulator.houses["staff"], Client()
    link = LinkedIdentity.objects.get(user=clerk)
    GroupMapping.register(
        link.provider, value="受付担当", post=Post.objects.get(tenures__user=clerk), absence_closes=True,
        by=providers.administrator(),
    )  # fmt: skip
    providers.sign_in(client, house, "clerk")
    assert client.get("/office/").status_code == 200
    house.groups = {"clerk": ()}
    assert providers.sign_in(Client(), house, "clerk").status_code == 403
    assert client.get("/office/").status_code == 302
    assert SESSION_KEY not in client.session


def test_the_provider_ends_a_clerks_session_at_once(simulator: Simulator) -> None:
    joined(simulator)
    client, house = Client(), simulator.houses["staff"]
    providers.sign_in(client, house, "clerk")
    Client().post("/sign-in/logout/staff/", {"logout_token": house.logout_token(PEOPLE["clerk"])})
    assert client.get("/office/").status_code == 302


def test_a_leaver_is_out_though_the_provider_still_says_the_group(simulator: Simulator) -> None:
    clerk, client = joined(simulator), Client()
    providers.sign_in(client, simulator.houses["staff"], "clerk")
    Tenure.objects.filter(user=clerk).update(ends_on=today() - timedelta(days=1))
    assert client.get("/office/").status_code == 403


def test_nobody_joins_themselves_or_somebody_without_a_post(simulator: Simulator) -> None:
    simulator.register("staff")
    providers.sign_in(Client(), simulator.houses["staff"], "clerk")
    arrival, admin = StaffArrival.objects.get(), providers.administrator()
    for user, by in ((admin, admin), (cast.clerk(), cast.resident())):
        with pytest.raises(NotAllowed):
            arrival.join(user, by=by)
    assert LinkedIdentity.objects.count() == 0
