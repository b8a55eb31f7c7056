"""Disclosure copy 開示用の写し: names nobody under a stop flag, whenever the flag was placed."""

from dataclasses import dataclass

from todoke.accounts.actors import Actor
from todoke.cases.models import Case
from todoke.cases.models.stop_flag import names_by_case, person_key, protected_keys
from todoke.japanese.variants import name_key
from todoke.records.models import RecordFile
from todoke.records.redaction import redacted_pieces
from todoke.runtime.links import path_to
from todoke.runtime.refusals import NotYet


@dataclass(frozen=True)
class DisclosureCopy:
    """開示用の写し: the copy of a file for somebody who asked for it."""

    file: RecordFile

    def require_taking(self, *, by: Actor) -> None:
        """Raises as the file does, and NotYet while the copy shows the name of a person flagged since."""
        self.file.require_taking(by=by)
        names = self._protected_names()
        shown = [piece.text for document in self.file.documents.all() for piece in redacted_pieces(document)]
        text = name_key("".join(shown)) if names else ""
        if any(name_key(name) in text for name in names):
            raise NotYet(
                "支援措置が登録されている人の名前が、写しに出ます。写しは作っていません。この公文書のページで、"
                "名前や住所など、その人が分かる言葉を不開示にしてから、もう一度押してください。",
                link=path_to("office:record", self.file.number),
            )

    def _protected_names(self) -> list[str]:
        keys = protected_keys()
        case = Case.objects.filter(number=self.file.number).first() if keys else None
        return [name for name in names_by_case([case])[case.pk] if person_key(name) in keys] if case else []
