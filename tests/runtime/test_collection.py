"""On PostgreSQL a test is left out when no database can change its answer, and no other."""

import pytest

from tests.cast.collection import comes_first, differs_on_postgresql


def test_what_opens_no_database_is_left_out(request: pytest.FixtureRequest) -> None:
    assert not differs_on_postgresql(request.node)


@pytest.mark.django_db
def test_what_asks_for_the_database_is_run(request: pytest.FixtureRequest) -> None:
    assert differs_on_postgresql(request.node)


def test_what_is_lent_the_database_is_run(db: None, request: pytest.FixtureRequest) -> None:
    assert differs_on_postgresql(request.node)


@pytest.mark.django_db
@pytest.mark.sqlite
def test_what_says_that_it_is_about_no_database_is_left_out(request: pytest.FixtureRequest) -> None:
    assert not differs_on_postgresql(request.node)


@pytest.mark.slow
@pytest.mark.django_db
def test_a_slow_test_comes_first(request: pytest.FixtureRequest) -> None:
    assert comes_first(request.node)


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_one_that_empties_the_tables_stays_behind(request: pytest.FixtureRequest) -> None:
    assert not comes_first(request.node)


def test_a_quick_one_keeps_its_place(request: pytest.FixtureRequest) -> None:
    assert not comes_first(request.node)
