"""A return that arrives eight times at one moment signs in once, and the code is changed once."""

import pytest

from tests.cast import providers
from tests.cast.providers import Simulator
from tests.cast.races import together
from todoke.accounts.actors import Guest
from todoke.federation import sign_in
from todoke.federation.models import AuthenticationRequest, IdentityProvider, SeenToken
from todoke.federation.provider_simulator.fictional_people import PEOPLE

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgresql, pytest.mark.slow]
TRIALS = 10


def test_of_eight_returns_at_once_one_goes_on(simulator: Simulator) -> None:
    provider, house = simulator.register("card"), simulator.houses["card"]
    for trial in range(TRIALS):
        address = sign_in.begin(provider, purpose="sign_in", browser="mine")
        given = house.authorize(providers.query_of(address), PEOPLE["hanako"])

        def come_back(given: dict[str, str] = given) -> None:
            sign_in.receive(IdentityProvider.objects.get(), given, browser="mine", by=Guest())

        assert sum(together(*[come_back] * 8)) == 1
        assert len(house.access_tokens) == SeenToken.objects.count() == trial + 1
    assert AuthenticationRequest.objects.exclude(used_at=None).count() == TRIALS
