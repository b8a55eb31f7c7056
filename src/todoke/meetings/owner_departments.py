"""Owner departments 担当の推定: the department that a speaker or an owner named in minutes belongs to. Pure."""

import re
import unicodedata
from collections.abc import Iterable, Mapping

TITLES = re.compile(r"(?:部長|課長|室長|局長|所長|係長|次長|主査|主任|主事|担当課長|担当部長|委員|部員|さん|氏|様)$")
SECRETARIAT = re.compile(r"^(?:事務局|当局|本部事務局|執行部)")


def _folded(text: str) -> str:
    return re.sub(r"[\s()・]", "", unicodedata.normalize("NFKC", text))


def department_named(owner: str, departments: Iterable[str], people: Mapping[str, str], secretariat: str = "") -> str:
    """Return the name of the department of an owner as minutes write it (区民部長, 税務課 田中, 石田(秀)委員), or "".

    ``people`` maps full names to departments; a family name counts only where it is of one department.
    """
    written = _folded(owner)
    if not written:
        return ""
    known = {_folded(name): name for name in departments}
    inside = [name for folded, name in known.items() if folded in written or folded == written.removesuffix("長")]
    if inside:
        return max(inside, key=len)
    if SECRETARIAT.match(written):
        return secretariat
    surname = TITLES.sub("", written)
    held = {department for name, department in people.items() if surname and _is_called(_folded(name), name, surname)}
    return held.pop() if len(held) == 1 else ""


def _is_called(folded: str, name: str, written: str) -> bool:
    """Return whether a person is meant: the full name, or the family name before the blank."""
    family = _folded(name.replace("\u3000", " ").split(" ")[0])
    return folded == written or family == written
