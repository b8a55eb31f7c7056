"""Post check 掲出の点検: what in a public text may point to a person; pure.

Numbers, cards, mail and telephones of nobody's office always stop a text. A name stops it where an address or a day of
birth stands in the same text: the name of a lecturer or a hall alone is public.
"""

import re
from collections.abc import Collection, Sequence

from todoke.japanese.personal_data import NUMBERS, Kind, PersonalPiece, find_pieces

_BIRTH = re.compile(
    r"(?:生年月日|(?:19|20)\d\d年\d{1,2}月\d{1,2}日(?:生|うまれ)|(?:明治|大正|昭和|平成|令和)\d{1,2}年\d{1,2}月\d{1,2}日(?:生|うまれ))"
)
_LABELLED = re.compile(r"(?:氏名|お名前|申請者|宛名番号|被保険者番号|世帯主)\s*[::]\s*\S")


def held_kinds(text: str, *, public: Sequence[str] = ()) -> list[str]:
    """Return the kinds of what stops a text, in Japanese; empty where nothing does.

    ``public`` are telephones and mail addresses of offices.
    """
    kinds = {piece.kind for piece in find_pieces(text, NUMBERS, public=public)}
    told = _of_a_person(find_pieces(text, {Kind.NAME, Kind.ADDRESS}, public=public), text)
    labelled = ["個人の欄"] if _LABELLED.search(text) else []
    return sorted(kind.value for kind in kinds | told) + labelled


def _of_a_person(pieces: Collection[PersonalPiece], text: str) -> set[Kind]:
    kinds = {piece.kind for piece in pieces}
    if Kind.NAME in kinds and (Kind.ADDRESS in kinds or _BIRTH.search(text)):
        return kinds
    return set()
