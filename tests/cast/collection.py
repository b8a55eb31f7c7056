"""Which tests a run collects: on PostgreSQL those that can tell it from SQLite."""

import pytest

OPENING = ("django_db", "postgresql")
LENT = {"db", "transactional_db"}


def opens_database(item: pytest.Item) -> bool:
    """Tell whether a test may open the configured database: pytest-django keeps it shut to every other."""
    return any(item.get_closest_marker(name) for name in OPENING) or bool(LENT & set(getattr(item, "fixturenames", ())))


def differs_on_postgresql(item: pytest.Item) -> bool:
    """Tell whether a test can answer otherwise there than on SQLite, where it is run too."""
    return opens_database(item) and item.get_closest_marker("sqlite") is None


def comes_first(item: pytest.Item) -> bool:
    """Tell whether a test is slow and may run before all others, so that at the end no process waits for it.

    Those that empty the tables stay behind the others, as pytest-django sorts them.
    """
    marked = item.get_closest_marker("django_db")
    fixtures = {"transactional_db", "live_server"} & set(getattr(item, "fixturenames", ()))
    return item.get_closest_marker("slow") is not None and not fixtures and not (marked and marked.kwargs)
