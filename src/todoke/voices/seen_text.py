"""Seen text 画面の文: whether a text that came back with a form is the one that stands; browsers change line ends."""


def one_line_end(text: str) -> str:
    """Return a text with one kind of line end and no blanks around it."""
    return text.replace("\r\n", "\n").strip()


def is_as_seen(stands: str, seen: str) -> bool:
    """Tell whether a text is as a person saw it."""
    return one_line_end(stands) == one_line_end(seen)
