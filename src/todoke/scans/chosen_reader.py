"""Chosen reader 使う部品: which reader this installation uses, and what pages say about it."""

from dataclasses import dataclass

from django.conf import settings

from todoke.scans.engines.ocr_engine import engine_label, is_installed
from todoke.scans.engines.rehearsal import LABEL

NONE_INSTALLED = "読取りの部品が入っていません。画像を見て入力してください。"
SWITCHED_OFF = "この庁では読取りを使わない設定です。画像を見て入力してください。"


@dataclass(frozen=True)
class ChosenReader:
    """使う部品: its name ("" for none) and what a page says: the part and its version, or why there is none."""

    name: str
    said: str

    @property
    def is_rehearsal(self) -> bool:
        """Whether it only says what was prepared."""
        return self.name == "rehearsal"


def chosen_reader() -> ChosenReader:
    """Return the reader in use: ``TODOKE_READER``, or the extra where it is installed."""
    if settings.READER == "none":
        return ChosenReader("", SWITCHED_OFF)
    if settings.READER == "rehearsal":
        return ChosenReader("rehearsal", LABEL)
    return ChosenReader("ppocrv6", engine_label()) if is_installed() else ChosenReader("", NONE_INSTALLED)
