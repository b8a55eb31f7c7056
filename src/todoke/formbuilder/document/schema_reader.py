"""Schema reader 厳密な読み取り: typed access to a JSON object that rejects unknown keys and wrong types with a path."""

import re
import unicodedata
from collections.abc import Callable, Collection, Mapping
from datetime import date
from typing import Any, TypeVar

from todoke.runtime.refusals import Unreadable

Part = TypeVar("Part")

IDENTIFIER = re.compile(r"[a-z](?:[a-z0-9]|_(?!_)){0,59}")
_MARKUP = re.compile(r"<\s*[/!a-zA-Z]|javascript:|&#", re.IGNORECASE)


class InvalidDefinition(Unreadable):
    """A definition that is not accepted (不受理の定義); ``place`` is the path, ``problem`` what to change."""

    def __init__(self, place: str, problem: str) -> None:
        self.place = place or "定義の全体"
        self.problem = problem
        super().__init__(f"{self.place}: {problem}")


class Reader:
    """Reads one JSON object; every method raises InvalidDefinition with the path of a missing or wrong value."""

    def __init__(self, data: object, place: str) -> None:
        if not isinstance(data, Mapping):
            raise InvalidDefinition(place, "ここは { } で囲んだ項目の集まりにしてください。")
        self.data: Mapping[str, Any] = data
        self.place = place
        self.seen: set[str] = set()

    def path(self, key: str) -> str:
        """Return the path of a key in the definition."""
        return f"{self.place}.{key}" if self.place else key

    def get(self, key: str, default: object = None) -> Any:
        """Return a value unchecked and mark its key as known."""
        self.seen.add(key)
        return self.data.get(key, default)

    def text(self, key: str, *, limit: int = 300, required: bool = False, lines: bool = False) -> str:
        """Return a text; an absent one is empty.

        Raises InvalidDefinition for another type, a required but blank text, one over the limit, markup and control
        characters (line ends are allowed with ``lines``).
        """
        value = self.get(key, "")
        if not isinstance(value, str):
            raise InvalidDefinition(self.path(key), "ここは文字にしてください。")
        if required and not value.strip():
            raise InvalidDefinition(self.path(key), "ここは空にできません。")
        if len(value) > limit:
            raise InvalidDefinition(self.path(key), f"{limit}文字以内にしてください({len(value)}文字あります)。")
        if _MARKUP.search(value):
            raise InvalidDefinition(self.path(key), "HTMLやスクリプトは書けません。文字だけにしてください。")
        allowed = "\n" if lines else ""
        if any(unicodedata.category(letter) == "Cc" and letter not in allowed for letter in value):
            raise InvalidDefinition(self.path(key), "改行や制御文字は使えません。")
        return value

    def identifier(self, key: str = "id") -> str:
        """Return an identifier of lower-case letters, digits and _. Raises InvalidDefinition."""
        value = self.get(key, "")
        if not isinstance(value, str) or not IDENTIFIER.fullmatch(value):
            raise InvalidDefinition(
                self.path(key),
                "識別子は英小文字で始め、英小文字・数字・_ だけで60文字以内にしてください(__ は使えません)。",
            )
        return value

    def number(self, key: str, *, low: int, high: int) -> int | None:
        """Return a whole number within bounds, None when absent. Raises InvalidDefinition."""
        value = self.get(key)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
            raise InvalidDefinition(self.path(key), f"ここは{low}から{high}までの整数にしてください。")
        return value

    def flag(self, key: str, *, default: bool = False) -> bool:
        """Return a boolean. Raises InvalidDefinition."""
        value = self.get(key, default)
        if not isinstance(value, bool):
            raise InvalidDefinition(self.path(key), "ここは true か false にしてください。")
        return value

    def choice(self, key: str, known: Collection[str], default: str = "") -> str:
        """Return one of the known words. Raises InvalidDefinition."""
        value = self.get(key, default)
        if not isinstance(value, str) or value not in known:
            raise InvalidDefinition(self.path(key), f"「{value}」は使えません。使えるもの: {'、'.join(known)}")
        return value

    def date_text(self, key: str) -> str:
        """Return a date in ISO 8601. Raises InvalidDefinition."""
        value = self.text(key, required=True)
        try:
            return date.fromisoformat(value).isoformat()
        except ValueError:
            raise InvalidDefinition(self.path(key), "日付は 2026-11-22 の形で書いてください。") from None

    def items(self, key: str, read: Callable[[object, str], Part], *, most: int, least: int = 0) -> tuple[Part, ...]:
        """Return the members of a list, each parsed by ``read`` with its path. Raises InvalidDefinition."""
        value = self.get(key, [])
        if not isinstance(value, list):
            raise InvalidDefinition(self.path(key), "ここは [ ] で囲んだ並びにしてください。")
        if not least <= len(value) <= most:
            raise InvalidDefinition(
                self.path(key), f"{least}個以上{most}個以下にしてください({len(value)}個あります)。"
            )
        return tuple(read(member, f"{self.path(key)}[{index}]") for index, member in enumerate(value))

    def reject_unknown_keys(self) -> None:
        """Raise InvalidDefinition for the first key that was never read."""
        for key in self.data:
            if key not in self.seen:
                raise InvalidDefinition(self.path(str(key)[:60]), "知らない項目です。削除してください。")


def read_text(value: object, place: str) -> str:
    """Return one member of a list of texts. Raises InvalidDefinition."""
    reader = Reader({"text": value}, place)
    return reader.text("text", limit=1000, required=True)
