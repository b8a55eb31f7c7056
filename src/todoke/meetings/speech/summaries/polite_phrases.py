"""Polite phrases 丁寧な言い回し: what a sentence of a council says without meaning, in closed lists."""

import re
from dataclasses import dataclass

GREETING = re.compile(
    r"(?:以上(?:、?[^。]{0,12}(?:答弁|答え|説明|報告|質問)[^。]{0,12})?(?:です|であります|でございます|といたします|になります)?"
    r"|[^。]{0,120}(?:御答弁|ご答弁|御説明|ご説明|お答え)(?:を)?(?:申し上げます|いたします|させていただきます|します)"
    r"|[^。]{0,24}(?:よろしく|宜しく)(?:御|ご)?(?:お願い|協力|審議)[^。]{0,40}"
    r"|[^。]{0,60}(?:ありがとう|有難う|有り難う|恐縮)(?:ございま(?:す|した)|で(?:す|ございます))?"
    r"|[^。]{0,24}(?:おはようございます|こんにちは)[^。]{0,12}|(?:はい|分かりました|わかりました|承知(?:いた)?しました)"
    r"|[^。]{0,60}(?:質問|質疑|発言|一般質問)(?:を|に)?(?:させていただきます|いたします|始めます|入ります|終わ(?:ります|らせていただきます)|移ります))"
    r"[。.!?？！]?"
)
"""A sentence that only opens or ends a speech."""
OPENING = re.compile(
    r"(?:(?:まず(?:は|初めに|始めに|最初に)?|初めに|始めに|最初に|次に|続いて|続きまして|最後に|それでは|それから|そして|"
    r"また|なお|さて|さらに|加えて|そこで|では|ええと|えー)、\s*"
    r"|(?:まず(?:は|初めに)?|次に|続いて|最後に)(?=[^、。]{1,30}(?:について|につきまして))"
    r"|第?[0-9０-９一二三四五六七八九十]{1,3}(?:点目|つ目|問目|項目め|番目)(?:の質問)?(?:は|に|の|として|といたしまして)?、?\s*"
    r"|第?[0-9０-９]{1,2}(?:質問項目|質問|項目)、\s*|(?:次の)?件名、|次(?:は|ですが)、\s*"
    r"|(?:御|ご)質問(?:いただきました|の|をいただきました)(?:、)?)"
)
"""Words at the beginning of a sentence that only count or join."""
DESIRE = r"(?<=たい)と(?:いうふうに|このように)?(?:考えており|思っており|思い|存じ)ます"
ENDING = re.compile(
    rf"(?:{DESIRE}|(?<=[るたい])(?:ところ|わけ|もの|の)で(?:ございます|あります|す)|で(?:ございます|あります))(?P<stop>。?)$"
)
"""The polite end of a sentence; an opinion (と考えております) is one only after a wish."""
SIGNS = re.compile(
    r"な(?:い|く|かっ|けれ|し(?=[、。])|さそう)|ませ(?:ん|ぬ)|ず(?=[、。にとも]|$)|ざる|まい(?=[、。とか]|$)|せぬ|"
    r"場合|限[りっらるれ]|検討|研究|仮に|もし|ただし|ただ、|除[きくい]|以外|[れえけせめねべてげ]ば|なら|たら|次第|前提|条件|"
    r"とき(?=[は、に])|際(?=[はに、])|上で(?=[、は])|困難|難し|未[定了着]|予定|見込|可能性|かもしれ|おそれ|恐れ"
)
"""Negation, condition and reserve: what a summary may never lose."""


@dataclass(frozen=True)
class Part:
    """A part of a sentence, by its first and last place."""

    start: int
    end: int


def is_greeting(sentence: str) -> bool:
    """Whether a sentence only opens or ends a speech."""
    return bool(GREETING.fullmatch(sentence.strip()))


def plain_part(sentence: str) -> Part:
    """Return the part of a sentence without its opening words and its polite end."""
    start = len(sentence) - len(sentence.lstrip())
    while found := OPENING.match(sentence, start):
        start = found.end()
    ending = ENDING.search(sentence, start)
    return Part(start, ending.start() if ending and ending.start() > start else len(sentence))


def reserve_spans(text: str) -> list[Part]:
    """Return where a text denies, restricts or reserves."""
    return [Part(*found.span()) for found in SIGNS.finditer(text)]


def reserves(text: str) -> list[str]:
    """Return the words by which a text denies, restricts or reserves, in their order."""
    return SIGNS.findall(text)
