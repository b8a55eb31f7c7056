"""An act that ends in an error of the program is told, and its person goes on."""

from collections.abc import Callable
from pathlib import Path

import pytest

from todoke.proving.killed_people.processes import errors
from todoke.proving.killed_people.random_acts import RandomActs


class Person(RandomActs):
    """Somebody who acts well, meets two errors and is killed."""

    def __init__(self) -> None:
        super().__init__(1)
        self.fates: list[BaseException | None] = [KeyboardInterrupt(), KeyError("口座"), KeyError("口座"), None]

    def weights(self) -> dict[Callable[[], None], int]:
        return {self.fare: 1}

    def fare(self) -> None:
        if fate := self.fates.pop():
            raise fate


def test_an_error_of_the_program_is_told_once_and_the_person_goes_on(tmp_path: Path) -> None:
    journal = tmp_path / "people.journal"
    with pytest.raises(KeyboardInterrupt):
        Person().live(journal)
    assert journal.read_text().splitlines() == ["act", "failed KeyError '口座'", "failed KeyError '口座'"]
    assert errors(journal) == ["failed KeyError '口座'"]
    assert errors(tmp_path / "nobody") == []
