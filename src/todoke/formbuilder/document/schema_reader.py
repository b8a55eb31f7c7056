"""Strict reading 厳密な読み取り: every key is known, every value has its type, every defect its place."""

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
    """A definition that is not accepted (不受理の定義); ``place`` says where, ``problem`` what to change."""

    def __init__(self, place: str, problem: str) -> None:
        self.place = place or "定義の全体"
        self.problem = problem
        super().__init__(f"{self.place}: {problem}")


class Reader:
    """Reads one JSON object; ``close()`` refuses the keys that nobody asked for."""

    def __init__(self, data: object, place: str) -> None:
        if not isinstance(data, Mapping):
            raise InvalidDefinition(place, "ここは { } で囲んだ項目の集まりにしてください。")
        self.data: Mapping[str, Any] = data
        self.place = place
        self.seen: set[str] = set()

    def at(self, key: str) -> str:
        return f"{self.place}.{key}" if self.place else key

    def take(self, key: str, default: object = None) -> Any:
        self.seen.add(key)
        return self.data.get(key, default)

    def text(self, key: str, *, limit: int = 300, required: bool = False, lines: bool = False) -> str:
        """Return a text without markup or control characters; an absent one is empty."""
        value = self.take(key, "")
        if not isinstance(value, str):
            raise InvalidDefinition(self.at(key), "ここは文字にしてください。")
        if required and not value.strip():
            raise InvalidDefinition(self.at(key), "ここは空にできません。")
        if len(value) > limit:
            raise InvalidDefinition(self.at(key), f"{limit}文字以内にしてください({len(value)}文字あります)。")
        if _MARKUP.search(value):
            raise InvalidDefinition(self.at(key), "HTMLやスクリプトは書けません。文字だけにしてください。")
        allowed = "\n" if lines else ""
        if any(unicodedata.category(letter) == "Cc" and letter not in allowed for letter in value):
            raise InvalidDefinition(self.at(key), "改行や制御文字は使えません。")
        return value

    def identifier(self, key: str = "id") -> str:
        value = self.take(key, "")
        if not isinstance(value, str) or not IDENTIFIER.fullmatch(value):
            raise InvalidDefinition(
                self.at(key),
                "識別子は英小文字で始め、英小文字・数字・_ だけで60文字以内にしてください(__ は使えません)。",
            )
        return value

    def number(self, key: str, *, low: int, high: int) -> int | None:
        value = self.take(key)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
            raise InvalidDefinition(self.at(key), f"ここは{low}から{high}までの整数にしてください。")
        return value

    def flag(self, key: str, *, default: bool = False) -> bool:
        value = self.take(key, default)
        if not isinstance(value, bool):
            raise InvalidDefinition(self.at(key), "ここは true か false にしてください。")
        return value

    def word(self, key: str, known: Collection[str], default: str = "") -> str:
        value = self.take(key, default)
        if not isinstance(value, str) or value not in known:
            raise InvalidDefinition(self.at(key), f"「{value}」は使えません。使えるもの: {'、'.join(known)}")
        return value

    def day(self, key: str) -> str:
        value = self.text(key, required=True)
        try:
            return date.fromisoformat(value).isoformat()
        except ValueError:
            raise InvalidDefinition(self.at(key), "日付は 2026-11-22 の形で書いてください。") from None

    def parts(self, key: str, read: Callable[[object, str], Part], *, most: int, least: int = 0) -> tuple[Part, ...]:
        """Return a list whose members are read one by one, each with its place."""
        value = self.take(key, [])
        if not isinstance(value, list):
            raise InvalidDefinition(self.at(key), "ここは [ ] で囲んだ並びにしてください。")
        if not least <= len(value) <= most:
            raise InvalidDefinition(self.at(key), f"{least}個以上{most}個以下にしてください({len(value)}個あります)。")
        return tuple(read(member, f"{self.at(key)}[{index}]") for index, member in enumerate(value))

    def close(self) -> None:
        for key in self.data:
            if key not in self.seen:
                raise InvalidDefinition(self.at(str(key)[:60]), "知らない項目です。削除してください。")


def read_text(value: object, place: str) -> str:
    """Read one member of a list of texts."""
    reader = Reader({"text": value}, place)
    return reader.text("text", limit=1000, required=True)
