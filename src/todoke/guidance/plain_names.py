"""Plain names 呼び名: what people call a procedure, in the language of the page."""

from collections.abc import Iterable

from django.utils.translation import get_language

from todoke.design.page_languages import speaks_japanese
from todoke.formbuilder.document.phrases import phrases
from todoke.guidance.models import PlainName
from todoke.procedures.models import Procedure


class PlainNames:
    """呼び名の表: the plain names of the installation by the title of the procedure."""

    def __init__(self, rows: Iterable[tuple[str, str, str, str]]) -> None:
        self._rows = {title: (plain, easy, english) for title, plain, easy, english in rows}

    def titles(self) -> Iterable[str]:
        return self._rows

    def texts(self, title: str) -> list[str]:
        """Return everything by which a procedure is found: its title and its plain names."""
        return [title, *(name for name in self._rows.get(title, ()) if name)]

    def called(self, title: str, own: str = "") -> str:
        """Return the name in the language of the page; "" where there is none or it is the title.

        ``own`` is the plain name that the municipality gave the procedure itself; it is Japanese.
        """
        plain, easy, english = self._rows.get(title, ("", "", ""))
        language = get_language() or "ja"
        if not speaks_japanese(language):
            return english or phrases("en").get(title, "")
        name = own or plain if language == "ja" else easy or own or plain
        return "" if name == title else name


def called(procedure: Procedure) -> str:
    """Return the plain name of one procedure in the language of the page, or "" (one query)."""
    rows = PlainName.objects.filter(title=procedure.title).values_list("title", "plain", "easy", "english")
    return PlainNames(rows).called(procedure.title, procedure.plain_name)
