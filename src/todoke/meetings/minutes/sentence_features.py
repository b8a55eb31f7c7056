"""Sentence features 文の特徴: what the classifier of sentences counts: endings, words, speaker, surroundings."""

import re

from todoke.meetings.minutes.commitment_candidates import kind_of, without_courtesy
from todoke.meetings.minutes.due import find_due
from todoke.meetings.minutes.indirect_speech import without_report_frame
from todoke.meetings.minutes.loader import flat
from todoke.meetings.minutes.patterns import PATTERNS, REACH, SHAPES
from todoke.meetings.minutes.plain_form import plain_form, tense_of
from todoke.meetings.minutes.sentence_context import POST, SentenceContext

ENDINGS = (1, 2, 3, 4, 5, 6, 8, 10)
"""Lengths of endings, in signs."""
TAIL, HEAD = 30, 12
"""Signs at the end and the beginning from which runs of letters are taken."""
QUESTION = re.compile(r"(?:か|かね|かな)[。?？」]*$|[?？]$|(?:お|御)?(?:伺い|聞き|示し|聞かせ)[^。]{0,14}$")
ECHO = re.compile(r"異議な|さよう|左様|そのように|よって")
LEFT = re.compile(r"継続|閉会中|引き続き")
LEADING = re.compile(r"^[\s→⇒➡・•◦●○◎◆■□▪※*-]+|^[(]?\d{1,2}[)..、]\s*")
OTHERS = re.compile(
    r"提案者|応募|団体(?:は|から|として)|市民から|住民から|利用者から|(?:声|意見|要望|苦情|指摘|希望)(?:が|も|を)"
)
ABROAD = re.compile(
    r"^\W*(?:なお、?|ちなみに、?|また、?)?(?:(?:国|県|都|府|道|政府|他市|他の|近隣|隣|周辺|先進|民間|議会)[^、。はがを]{0,12}|[^、。はがを\s]{1,10}(?:省|庁|組合|業者|団体|会社|広域[^、。はが]{0,4}))(?:においては|において|では|から|は|が|も)"
)
"""Somebody outside the meeting acts."""
OUTSIDER = re.compile(r"(?:業者|会社|組合|団体|警察|連盟|国|県|省|庁|大臣)(?:が|は|では|から|に(?:おいて|より))")

NEXT = re.compile(
    r"^(?:次回|次の(?:会議|会合|会|会見|委員会|部会|審議会|協議会)|次号)(?:の[^。]{0,8}?)?(?:[はを、:]|$)?[^。]{0,16}?(?:0月|0日|0時|[上中下]旬|予定|日程)"
)
"""The day of the next meeting, which is no promise."""

FINALS = (
    ("done", re.compile(r"(?:済み?|完了|終了|した|しました|実施中|開始済)$")),
    ("open", re.compile(r"(?:未定|検討中?|協議中|調整中|調査中|保留|継続|持ち?越し|見送り|判断)$")),
    ("plan", re.compile(r"(?:予定|見込み|方針|計画|こと|運び|段取り|考え|よう)$")),
    ("none", re.compile(r"(?:なし|特になし|ない|不明|―|-)$")),
    ("particle", re.compile(r"[をにへがはと]$")),
    ("noun", re.compile(r"[一-龥ァ-ヴー0]$")),
)
"""Ways in which a sentence ends without a verb, the first that fits."""
SECTIONS = re.compile(
    r"決定|まとめ|合意|申し?合わせ|結果|結論|意見|要望|お願い|質問|質疑|回答|答弁|対応|措置|課題|今後|予定|その他|報告|"
    r"次回|説明|宿題|検討|提案|発言|経過"
)
"""Words of the line that heads a section which say what stands below it."""


def _final(text: str) -> str:
    return next((name for name, pattern in FINALS if pattern.search(text)), "verb")


def _placed(context: SentenceContext, text: str, due: str) -> set[str]:
    """Return what the end without a verb, the head of the section and the neighbouring cells say."""
    ending = _final(text)
    found = {f"final={ending}", f"final+due={ending}/{due}", f"final+mark={ending}/{context.mark or 'none'}"}
    words = set(SECTIONS.findall(context.section))
    found |= {f"section={word}" for word in words} | {f"section+final={word}/{ending}" for word in words}
    if context.row:
        held = f"{'owned' if context.row.owner else 'free'}-{'dated' if context.row.due_words else 'open'}"
        found |= {f"row={held}", f"row+tense={held}/{tense_of(text)}", f"row+plain={held}/{plain_form(text)[-2:]}"}
    if context.row and context.head:
        column = re.sub(r"[^一-龥ぁ-んァ-ヴ]", "", context.head)[:6]
        found |= {
            f"column+final={column}/{ending}",
            f"row+final={'dated' if context.row.due_words else 'open'}/{ending}",
        }
    return found


def _meant(context: SentenceContext, text: str, due: str) -> set[str]:
    """Return what the sentence says whether it is polite, plain or without a verb."""
    plain, tense, side = plain_form(text), tense_of(text), context.side or "none"
    found = {f"plain:{plain[-n:]}" for n in (3, 4, 5, 6) if len(plain) >= n}
    return found | {f"tense={tense}", f"tense+side={tense}/{side}", f"tense+due={tense}/{due}"}


def is_echo(text: str) -> bool:
    """Whether a sentence settles what was put to the meeting just before it (「御異議なしと認め、さよう決定…」)."""
    return bool(ECHO.search(text)) and len(text) < 40


def is_left_open(context: SentenceContext) -> bool:
    """Whether the sentence or the one before speaks of going on with a matter."""
    return bool(LEFT.search(context.before + context.sentence.text))


def normalised(text: str) -> str:
    """Return a sentence without marks at its head, post behind it, courtesy and blanks; numbers become 0."""
    words = POST.sub("", LEADING.sub("", flat(text).strip()))
    return re.sub(r"\d[\d,.]*", "0", without_courtesy(words))


def _runs(name: str, text: str, lengths: tuple[int, ...]) -> set[str]:
    return {f"{name}:{text[i : i + n]}" for n in lengths for i in range(len(text) - n + 1)}


def _due(context: SentenceContext) -> str:
    due = find_due(context.sentence.text, None)
    return "none" if not due.text else "until" if "まで" in due.text else "some"


def _words(text: str) -> set[str]:
    found = {f"end:{text[-n:]}" for n in ENDINGS if len(text) >= n}
    found |= {f"head:{text[:n]}" for n in (2, 3, 4, 6) if len(text) >= n}
    return found | _runs("tail", text[-TAIL:], (2, 3, 4)) | _runs("word", text[:-TAIL][-60:], (3,))


def _acting(text: str, side: str, due: str) -> set[str]:
    """Return whether the words or the act are somebody's outside the meeting."""
    found: set[str] = set()
    if OTHERS.search(text):
        found |= {"others", f"others+side={side}"}
    if ABROAD.search(text):
        found |= {"abroad", f"abroad+side={side}", f"abroad+due={due}"}
    if OUTSIDER.search(text):
        found |= {"outsider", f"outsider+side={side}"}
    return found


def _shape(context: SentenceContext, text: str, due: str) -> set[str]:
    side, mark = context.side or "none", context.mark or "none"
    asked = QUESTION.search(flat(context.before).strip())
    length = min(len(text) // 15, 6)
    found = {
        f"side={side}", f"mark={mark}", f"place={context.place}", f"length={length}", f"due={due}",
        f"before={context.before_side or 'none'}", f"after={context.after_side or 'none'}",
        f"turn={'first' if context.is_first else 'later'}{'last' if context.is_last else ''}",
    }  # fmt: skip
    manner = "polite" if context.is_polite else "plain"
    found |= {f"manner={manner}", f"manner+side={manner}/{side}", f"manner+end={manner}/{text[-2:]}"}
    found |= {f"side+due={side}/{due}", f"side+mark={side}/{mark}"}
    found |= {f"side+end={side}/{text[-n:]}" for n in (2, 3, 4) if len(text) >= n}
    if asked:
        found |= {"asked", f"asked+side={side}"}
    if QUESTION.search(text):
        found |= {"question", f"question+side={side}"}
    if POST.search(flat(context.sentence.text)):
        found.add("signed")
    if is_echo(text):
        found.add("echo=continued" if is_left_open(context) else "echo=settled")
    if NEXT.search(text):
        found.add("next-meeting")
    if context.section and context.section.endswith(flat(context.sentence.text).strip()):
        found.add("headline")
    if context.head:
        found.add(f"column={re.sub(r'[^一-龥ぁ-んァ-ヴ]', '', context.head)[:6]}")
    before, after = normalised(context.before), normalised(context.after)
    found |= {f"before-end:{before[-n:]}" for n in (3, 5) if len(before) >= n}
    found |= _runs("before", before[-16:], (3,))
    found |= _acting(text, side, due)
    return found | {f"after-head:{after[:3]}", f"after-end:{after[-3:]}"}


def _rules(context: SentenceContext, text: str) -> set[str]:
    said = kind_of(context.sentence.text, context.side) or "none"
    tail = text[-REACH:]
    found = {f"phrase={name}" for name, pattern in (*PATTERNS, *SHAPES) if pattern.search(tail)}
    return found | {f"rule={said}", f"rule+side={said}/{context.side or 'none'}"}


def features_of(context: SentenceContext, *, with_rules: bool = True) -> frozenset[str]:
    """Return the features of a sentence; ``with_rules`` adds the phrases and verdict of the rules."""
    whole = normalised(context.sentence.text)
    text, said_by = without_report_frame(whole, context.side)
    due = _due(context)
    found = _words(text) | _shape(context, text, due) | _placed(context, text, due) | _meant(context, text, due)
    if text != whole:
        found |= {f"frame={said_by or 'none'}", f"frame-end:{whole[-4:]}"}
    return frozenset(found | _rules(context, text) if with_rules else found)
