"""Plain form 終止形: how a sentence ends, whether it is written です・ます, である or with a noun (体言止め)."""

import re

POLITE = re.compile(r"(?P<stem>.*?)(?:い?たし)?(?:ます|ましょう)(?:ね|よ|よね|ので|が|から)?$")
ROWS = dict(zip("いきぎしちにびみり", "うくぐすつぬぶむる", strict=True))
COURTEOUS = re.compile(r"(?:さ?せて)?(?:いただ|頂)(?:きます|く)$|(?:を)?(?:いたし|致し)ます$")
NOUN = re.compile(r"[一-龥ァ-ヴー]{2}$")
TENSES = (
    ("asked", re.compile(r"(?:か|かな|かね|のでは|ないと)$")),
    ("negative", re.compile(r"(?:ない|ません|ず|ぬ)$")),
    ("past", re.compile(r"(?:た|だ|ました|でした|済み?)$")),
    ("wish", re.compile(r"(?:たい(?:です)?|ほしい(?:です)?|欲しい|よい|いい|べき(?:だ|です)?)$")),
    ("going", re.compile(r"(?:ている|ています|ております|ているところ(?:です)?|中(?:です)?)$")),
    ("noun", NOUN),
)
"""Tense of the end, the first that fits; "now" is none of them."""


def plain_form(text: str) -> str:
    """Return a sentence with its end in the plain form: 配ります and 配る are one, 送付 is 送付する."""
    words = COURTEOUS.sub("します", text)
    found = POLITE.match(words)
    if found is None:
        return f"{words}する" if NOUN.search(words) else words
    stem, last = found["stem"], found["stem"][-1:]
    if last == "し" and re.search(r"[一-龥ァ-ヴー]{2}を?し$|[をい]し$", stem):
        return f"{stem[:-1]}する"
    return stem[:-1] + ROWS[last] if last in ROWS else f"{stem}る"


def tense_of(text: str) -> str:
    """Return asked, negative, past, wish, going, noun or now."""
    return next((name for name, pattern in TENSES if pattern.search(text)), "now")
