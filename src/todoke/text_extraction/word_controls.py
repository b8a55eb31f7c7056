"""Word controls 入力コントロール: what a content control or a form field of Word stands for on a form to fill in."""

from typing import Any

from todoke.text_extraction.word_parts import WORD, local

_DAY, _ROOM, _TICK = "    年  月  日", "        ", "□"


def control_text(control: Any) -> str | None:
    """Return the print of a content control: its list of choices, or room to write; None for one that is filled."""
    settings = control.find(f"{{{WORD}}}sdtPr")
    if settings is None:
        return None
    kinds = {local(child): child for child in settings}
    held = kinds.get("dropDownList", kinds.get("comboBox"))
    if held is not None and (choices := _choices(held)):
        return choices
    if "showingPlcHdr" not in kinds:
        return None
    return _DAY if "date" in kinds else _ROOM


def field_text(mark: Any) -> str:
    """Return the print at the beginning of a form field: □ for a tick box, its choices for a list; else nothing."""
    data = mark.find(f"{{{WORD}}}ffData")
    if data is None:
        return ""
    if data.find(f"{{{WORD}}}checkBox") is not None:
        return _TICK
    held = data.find(f"{{{WORD}}}ddList")
    return "" if held is None else _choices(held)


def _choices(held: Any) -> str:
    """Return the entries of a list as numbered choices; one without a value only invites to choose."""
    words = [
        word
        for entry in held
        if local(entry) in {"listItem", "listEntry"} and entry.get(f"{{{WORD}}}value", entry.get(f"{{{WORD}}}val"))
        if (word := entry.get(f"{{{WORD}}}displayText") or entry.get(f"{{{WORD}}}val") or entry.get(f"{{{WORD}}}value"))
    ]
    return "  ".join(f"{at}.{word}" for at, word in enumerate(words, 1)) if len(words) > 1 else ""
