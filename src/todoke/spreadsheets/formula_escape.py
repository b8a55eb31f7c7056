"""Formulas 数式: what spreadsheets take for a formula, and the apostrophe that keeps it a text; one rule for all."""

from decimal import Decimal

STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def _would_run(text: str) -> bool:
    return text.lstrip("'").startswith(STARTS)


def escape(value: object) -> str:
    """Return a value as a CSV cell that no spreadsheet runs as a formula; ``unescape`` gives the same text back."""
    text = "" if value is None else str(value)
    if isinstance(value, int | float | Decimal):
        return text
    return f"'{text}" if _would_run(text) else text


def unescape(cell: str) -> str:
    """Return a CSV cell without the apostrophe that ``escape`` put before it."""
    return cell[1:] if cell[:1] == "'" and _would_run(cell) else cell
