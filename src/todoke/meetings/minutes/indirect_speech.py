"""Indirect speech 間接話法: words that a sentence reports, and who said them (「事務局から、…との回答があった」)."""

import re

from todoke.meetings.minutes.loader import flat
from todoke.meetings.minutes.patterns import PASSED_ON
from todoke.meetings.minutes.speaker_labels import SECTION, side_of

SUBJECT = re.compile(
    r"^\W*(?:これ|それ)?(?:に(?:対し(?:て)?|つい(?:て)?)、?)?(?P<who>[^\s、。「」は]{1,20}?(?:\([^()]{1,12}\))?)"
    r"(?:から(?:は)?、?|より(?:は)?、?|は、?|が、|、|。)(?=.{4})"
)
QUOTED = re.compile(
    r"と、?(?:(?P<who>[^\s、。「」はがを]{1,12}?)(?:から|が|は)?(?:(?:説明|回答|発言|指摘|要望)(?:した|あり|があった))?)[。]?$"
)
SIGNED = re.compile(r"[(〔\[](?P<who>[^()\[\]〔〕、。]{1,20})[)〕\]]\s*+。?+\s*+$")
MYSELF = re.compile(r"(?:^|[、。→])\s*私(?:が|は|から|で)|と、?私[。]?$")
REPORTED = re.compile(
    r"(?:(?:と|旨)(?:の|いう|いった|した)?、?(?:強い)?(?P<noun>回答|説明|答弁|報告|意見|要望|発言|提案|指摘|質問|依頼|話|応答|こと|申し?出|申し?入れ|案内|指示|要請|"
    r"希望|声|苦言|連絡|補足|お願い)"
    r"(?:が、?[^。、]{0,16}(?:あった|ありました|あり|なされた|出された|出た|寄せられ(?:た|ている)|上がっ(?:た|ている)|上がりました|述べられた)"
    r"|を(?:受けた|いただいた)|(?:を)?(?:した|しました|する)|で(?:あった|した|す)|だった|です|あり|$)"
    r"|(?:と|旨を?)(?P<verb>答え|応じ|述べ|話し|語っ|言っ|尋ね|質し|ただし|説明し|回答し|答弁し|報告し|提案し|指摘し|補足し)(?:られ|され)?(?:まし)?(?:た|て(?:いる|おります))"
    r"|と、?[^。、]{0,12}から(?P<passive>言わ|頼ま|求めら|要望さ)れて(?:いる|おります|います))$"
)
SIDES = dict.fromkeys(
    ["回答", "説明", "答弁", "報告", "応答", "答え", "応じ", "説明し", "回答し", "答弁し", "報告し"], "office"
)
UNSAID = frozenset(
    [
        "話",
        "こと",
        "述べ",
        "話し",
        "語っ",
        "言っ",
        "申出",
        "申し出",
        "案内",
        "声",
        "指示",
        "連絡",
        "補足",
        "補足し",
        "発言",
    ]
)
"""Words of a frame that do not say which side spoke."""


def without_report_frame(text: str, side: str) -> tuple[str, str]:
    """Strip a reporting frame (「…検討するとの回答があった」); return the words and the side that said them."""
    if passed := PASSED_ON.search(text):
        return text[: passed.start()], "office"
    found = REPORTED.search(text)
    if found is None:
        return text, side
    said = found["noun"] or found["verb"] or found["passive"]
    return text[: found.start()], side if said in UNSAID else SIDES.get(said, "member")


def _side(word: str) -> str:
    return side_of(word) or ("office" if SECTION.fullmatch(word) else "")


def reported_speaker(text: str, names: frozenset[str] = frozenset()) -> tuple[str, str]:
    """Return who says a sentence and the side, as the sentence itself tells; ("", "") where it does not.

    ``names`` are people of the attendance list, who answer for their sections.
    """
    words = flat(text).strip()
    if MYSELF.search(words):
        return "私", "office"
    for pattern in (SIGNED, SUBJECT, QUOTED):
        found = pattern.search(words)
        if found is None:
            continue
        who = found["who"]
        if side := _side(who) or ("office" if who in names else ""):
            return text.strip()[found.start("who") : found.end("who")], side
    return "", ""
