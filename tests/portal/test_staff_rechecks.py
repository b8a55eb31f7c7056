"""A clerk whose group is gone loses the session although the provider told nobody; one that is down takes nothing."""

from typing import Any
from urllib.parse import urlsplit

import pytest
from django.contrib.auth import SESSION_KEY
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings

from tests import cast
from tests.cast import providers
from tests.cast.providers import Simulator
from todoke.accounts.models import User
from todoke.accounts.session_expiry import CONFIRMED
from todoke.federation.models import GroupMapping, IdentityProvider, SeenGroup, StaffArrival
from todoke.federation.openid import provider_http
from todoke.federation.provider_simulator.fictional_people import PEOPLE
from todoke.federation.staff_groups import group_differences
from todoke.japanese.calendar import today
from todoke.organization.models import Post, Tenure

pytestmark = pytest.mark.django_db
PAGE = "/office/cases/?view=mine"


def joined(simulator: Simulator, *, maps: bool = True) -> tuple[User, Client]:
    """A clerk whose post asks for the group 受付担当, and the browser in which she signed on by the provider."""
    provider, clerk, client = simulator.register("staff"), cast.clerk(), Client()
    providers.sign_in(client, simulator.houses["staff"], "clerk")
    StaffArrival.objects.get().join(clerk, by=providers.administrator())
    if maps:
        post = Post.objects.get(tenures__user=clerk)
        by = providers.administrator()
        GroupMapping.register(provider, value="受付担当", post=post, absence_closes=True, by=by)
    providers.sign_in(client, simulator.houses["staff"], "clerk")
    assert client.get(PAGE).status_code == 200
    return clerk, client


def age(client: Client, minutes: int = 31) -> None:
    """Let so many minutes pass since the provider confirmed the session."""
    session = client.session
    session[CONFIRMED] = {**session[CONFIRMED], "at": session[CONFIRMED]["at"] - minutes * 60}
    session.save()


def confirmed(client: Client, simulator: Simulator, person: str = "clerk") -> Any:
    """Open a page, be sent to the provider, and come back as it answers by itself."""
    answer = client.get(PAGE)
    assert answer.status_code == 302
    asked = providers.query_of(answer.headers["Location"])
    assert asked["prompt"] == "none"
    given = simulator.houses["staff"].silently(asked, PEOPLE.get(person))
    return client.get(urlsplit(asked["redirect_uri"]).path, given)


def test_a_clerk_who_still_has_the_group_comes_back_to_the_page_she_asked_for(simulator: Simulator) -> None:
    _, client = joined(simulator)
    age(client)
    assert confirmed(client, simulator).headers["Location"] == PAGE
    assert client.get(PAGE).status_code == 200


def test_a_clerk_whose_group_is_gone_loses_the_session(simulator: Simulator) -> None:
    clerk, client = joined(simulator)
    other = Client()
    providers.sign_in(other, simulator.houses["staff"], "clerk")
    simulator.houses["staff"].groups["clerk"] = ()
    age(client)
    back = confirmed(client, simulator)
    page = client.get(back.headers["Location"], follow=True)
    assert SESSION_KEY not in client.session
    assert "認証元でログインが終わったため" in page.content.decode()
    assert other.get(PAGE).status_code == 302
    assert User.objects.get(pk=clerk.pk).is_active


@pytest.mark.parametrize("shown", ["nobody", "chief"])
def test_who_is_nobody_or_somebody_else_at_the_provider_loses_the_session(simulator: Simulator, shown: str) -> None:
    _, client = joined(simulator)
    age(client)
    confirmed(client, simulator, shown)
    assert client.get(PAGE).status_code == 302
    assert SESSION_KEY not in client.session


def test_a_provider_that_is_down_takes_nothing_and_is_asked_again_later(
    simulator: Simulator, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, client = joined(simulator)
    monkeypatch.setattr(provider_http, "WITHIN", 0.6)
    IdentityProvider.objects.update(issuer="http://127.0.0.1:9/staff")
    age(client)
    assert [client.get(PAGE).status_code for _ in range(2)] == [200, 200]
    age(client, 6)
    IdentityProvider.objects.update(issuer=simulator.houses["staff"].issuer)
    assert client.get(PAGE).status_code == 302


def test_only_a_page_is_interrupted_and_only_where_a_post_asks_for_a_group(simulator: Simulator) -> None:
    _, client = joined(simulator)
    age(client)
    assert client.post("/office/counter/x/draft/").status_code == 404
    assert client.get(PAGE, headers={"Sec-Fetch-Mode": "cors"}).status_code == 200
    GroupMapping.objects.update(absence_closes=False)
    assert client.get(PAGE).status_code == 200


def test_the_way_back_leads_nowhere_else(simulator: Simulator) -> None:
    _, client = joined(simulator)
    age(client)
    asked = providers.query_of(client.get("/office/", PATH_INFO="//evil.example/office/").headers["Location"])
    given = simulator.houses["staff"].silently(asked, PEOPLE["clerk"])
    back = client.get(urlsplit(asked["redirect_uri"]).path, given).headers["Location"]
    assert back == "/%2Fevil.example/office/"


def test_a_session_without_the_citys_provider_is_asked_nothing(settings: Settings) -> None:
    client = cast.signed_in(cast.clerk())
    assert client.get(PAGE).status_code == 200
    assert CONFIRMED not in client.session


def test_the_differences_of_groups_and_posts_are_listed_and_give_nothing(
    simulator: Simulator, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    clerk, _ = joined(simulator)
    provider, admin = IdentityProvider.objects.get(), cast.signed_in(providers.administrator())
    address = "/office/providers/staff/differences/"
    assert "違いはありません" in admin.get(address).content.decode()
    Tenure.objects.filter(user=clerk).update(ends_on=today())
    Tenure.objects.filter(user=clerk).delete()
    with django_assert_num_queries(4):
        [found] = group_differences(provider)
    assert (found.person, found.group, found.has_group) == (clerk, "受付担当", True)
    page = admin.get(address).content.decode()
    assert "グループにいるが、職位に就いていない" in page
    assert clerk.name in page
    assert not Tenure.objects.filter(user=clerk).exists()


def test_a_post_without_its_group_is_listed_after_the_next_sign_in(simulator: Simulator) -> None:
    clerk, client = joined(simulator, maps=False)
    assert set(SeenGroup.objects.values_list("value", flat=True)) == {"受付担当"}
    simulator.houses["staff"].groups["clerk"] = ("ほかの課",)
    providers.sign_in(client, simulator.houses["staff"], "clerk")
    assert set(SeenGroup.objects.values_list("value", flat=True)) == {"ほかの課"}
    provider = IdentityProvider.objects.get()
    post = Post.objects.get(tenures__user=clerk)
    GroupMapping.register(provider, value="受付担当", post=post, absence_closes=False, by=providers.administrator())
    [found] = group_differences(provider)
    assert (found.person, found.has_group, found.seen_at) == (clerk, False, None)
    page = cast.signed_in(providers.administrator()).get("/office/providers/staff/differences/").content.decode()
    assert "職位に就いているが、グループにいない" in page
