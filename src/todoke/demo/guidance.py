"""Words and life events by which residents of the demo ward find their procedures."""

from todoke.accounts.actors import System
from todoke.guidance import starter


def build() -> None:
    starter.load(by=System())
