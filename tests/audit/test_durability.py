"""An installation that may forget an acknowledged application does not start."""

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import connection

from todoke.audit import durability


@pytest.mark.django_db(transaction=True)
def test_a_database_that_answers_before_it_has_written_is_refused() -> None:
    switch = "PRAGMA synchronous = " if connection.vendor == "sqlite" else "SET synchronous_commit = "
    with connection.cursor() as cursor:
        cursor.execute(switch + ("NORMAL" if connection.vendor == "sqlite" else "off"))
        try:
            with pytest.raises(ImproperlyConfigured, match="synchronous"):
                durability.require()
        finally:
            cursor.execute(switch + ("FULL" if connection.vendor == "sqlite" else "on"))


@pytest.mark.django_db
def test_sqlite_as_configured_keeps_what_it_acknowledged() -> None:
    if connection.vendor == "sqlite":
        assert durability.problems() == []
    else:
        assert all(name.startswith(("fsync", "synchronous_commit", "full_page")) for name in durability.problems())
