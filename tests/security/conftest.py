import pytest

from tests.cast.role_matrix.world import World, build


@pytest.fixture(autouse=True)
def _database(db: None) -> None:
    """Every case of this folder stands on the database."""


@pytest.fixture
def world() -> World:
    return build()
