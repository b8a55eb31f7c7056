"""Minutes identity 会議録の照合: whether minutes belong to another body, another number or another day. Pure."""

import re
import unicodedata
from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from todoke.japanese.calendar import format_date
from todoke.runtime.refusals import NotYet

if TYPE_CHECKING:
    from todoke.meetings.models.meeting import Meeting

NUMBER = re.compile(r"第(\d{1,3})回")
DIGITS = str.maketrans("一二三四五六七八九", "123456789")


class OtherMeeting(NotYet):
    """照合の問い: the minutes name another meeting; they are taken when a person has confirmed them."""


def _folded(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())


def identity_doubts(meeting: "Meeting", reading: Mapping[str, Any]) -> list[str]:
    """Return what in the heading of minutes does not fit the meeting, as sentences; empty when nothing does."""
    title, found = _folded(str(reading["title"])), []
    if title and _folded(meeting.body.name) not in title:
        found.append(f"題名は「{reading['title']}」ですが、この会議は「{meeting.body.name}」です。")
    number = NUMBER.search(title.translate(DIGITS))
    if number and int(number[1]) != meeting.sequence:
        found.append(f"題名は第{number[1]}回ですが、この会議は第{meeting.sequence}回です。")
    if reading["date"] and (on := date.fromisoformat(reading["date"])) != meeting.held_on:
        found.append(f"会議録の日は{format_date(on)}ですが、この会議は{format_date(meeting.held_on)}です。")
    return found


def require_same_meeting(meeting: "Meeting", reading: Mapping[str, Any]) -> None:
    """Raise OtherMeeting where the heading names another meeting."""
    if doubts := identity_doubts(meeting, reading):
        raise OtherMeeting(
            f"{''.join(doubts)}この会議の会議録なら、もう一度ファイルを選び、「この会議の会議録です」に印をつけてください。"
        )
