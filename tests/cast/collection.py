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
