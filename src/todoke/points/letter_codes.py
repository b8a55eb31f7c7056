"""Letter codes 案内の番号の表: numbers of people with the claim code that is printed in each letter.

The numbers are not stored: whoever prints the letters gives them, and gets the codes beside them.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from todoke.accounts.actors import Actor, user_of
from todoke.points.models import PointProgram
from todoke.points.permissions import GRANT_POINTS
from todoke.points.point_keys import claim_code, person_key
from todoke.runtime.refusals import NotAllowed, Refused
from todoke.spreadsheets.writer import csv_lines

HEADS = ("宛名番号", "案内の番号")


@dataclass(frozen=True)
class LetterCodes:
    """案内の番号の表: one line a person of the list who has not received the points yet, in the order given."""

    program: PointProgram
    numbers: tuple[str, ...]

    def require_taking(self, *, by: Actor) -> None:
        """Raises NotAllowed for who may not grant, Refused where nobody of the table waits for points."""
        user = user_of(by)
        if user is None or not (GRANT_POINTS.held_by(user) or GRANT_POINTS.held_by(user, self.program.department)):
            raise NotAllowed("案内の番号の表を作れるのは、この事業を担当する部署の職員です。")
        if not self.rows():
            raise Refused("表の宛名番号に、まだ受け取っていない対象者がいません。対象者を加えてから作ってください。")

    def rows(self) -> list[tuple[str, str]]:
        """Return number and code of everybody in the table who is on the list and has not claimed."""
        keys = {number: person_key(number) for number in self.numbers}
        waiting = set(self.program.eligible.filter(claimed_at=None).values_list("person_key", flat=True))
        return [(number, claim_code(self.program.code, key)) for number, key in keys.items() if key in waiting]

    def lines(self) -> Iterator[str]:
        """Yield the file as CSV; numbers are texts."""
        return csv_lines(HEADS, self.rows())
