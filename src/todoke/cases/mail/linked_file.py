"""Linked file 受け渡しのファイル: behind its link, asked again at every download."""

from dataclasses import dataclass

from django.utils.translation import gettext

from todoke.accounts.actors import Actor
from todoke.cases.models.stop_flag import protected_names
from todoke.notices.models import FileLink
from todoke.runtime.refusals import Closed, NotYet


@dataclass(frozen=True)
class LinkedFile:
    """受け渡しのファイル: for whoever holds the link."""

    link: FileLink

    def require_taking(self, *, by: Actor) -> None:
        """Raises Closed after its end, NotYet, in words that tell nothing of a flag, for a person flagged since."""
        if not FileLink.objects.open().filter(pk=self.link.pk).exists():
            raise Closed(gettext("このファイルの受け取りは終わりました。渡した部署に、お問い合わせください。"))
        if protected_names()(self.link.name):
            department = self.link.department
            said = gettext(
                "このファイルは、いま、この画面ではお渡しできません。何も変わっていません。{where}に、お電話ください。"
            )
            raise NotYet(said.format(where=f"{department.name} {department.phone}".strip()))
