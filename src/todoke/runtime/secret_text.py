"""Secret text 秘密の文字列: a code or a link that opens something, as it is written into one mail and kept nowhere."""

from datetime import datetime
from typing import Self

from todoke.runtime.links import absolute


class SecretText(str):
    """秘密の文字列: text that opens something until an instant; a mail that carries it loses its body afterwards."""

    until: datetime

    def __new__(cls, text: str, until: datetime) -> Self:
        made = super().__new__(cls, text)
        made.until = until
        return made

    def at(self, page: str) -> "SecretText":
        """Return the public address of a page whose last argument is this text."""
        return SecretText(absolute(page, str(self)), self.until)
