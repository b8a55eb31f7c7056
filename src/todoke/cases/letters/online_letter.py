"""Online letter 通知書の受け取り: the letter on the applicant's own page, asked again at every opening."""

from dataclasses import dataclass

from django.utils.translation import gettext

from todoke.accounts.actors import Actor
from todoke.cases.models import Letter
from todoke.runtime.refusals import NotYet, Refused


@dataclass(frozen=True)
class OnlineLetter:
    """画面で受け取る通知書: a ready letter of a case that the applicant's page has opened."""

    letter: Letter

    def require_taking(self, *, by: Actor) -> None:
        """Raises NotYet, in words that tell nothing of a flag, unless the letter may be handed over on a page now."""
        try:
            self.letter.require_free()
        except Refused as refusal:
            department = self.letter.case.department
            said = gettext(
                "この通知書は、いま、この画面ではお渡しできません。何も変わっていません。{where}に、お電話ください。"
            )
            raise NotYet(said.format(where=f"{department.name} {department.phone}".strip())) from refusal
