"""Turn summary 発言の要約: the best one or two clauses of a question or an answer, or the reason why there is none.

Nothing is written anew: a summary is made of parts of sentences of the turn, in their order, and is given only where
``summary_rules`` finds nothing broken.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations

from todoke.japanese.content_words import content_words
from todoke.meetings.minutes.loader import Line
from todoke.meetings.minutes.sentences import Sentence, sentences
from todoke.meetings.speech.summaries.clauses import shortened
from todoke.meetings.speech.summaries.polite_phrases import is_greeting
from todoke.meetings.speech.summaries.summary_rules import MOST, NUMBER, broken_rules

LEAST = 8
COMPARED = 14
"""Sentences of a turn that are compared in pairs: those of the highest score."""
ENOUGH = 1.0
TELLING = 2
"""Content words that a clause needs at least."""
ASKS = re.compile(
    r"(?:伺い|うかがい|お聞かせ|お聞き|お尋ね|お示し|お答え|お願い|求め|質問|教えて|ください|下さい|でしょうか|ますか|ですか|せんか|のか|かどうか)"
    r"[^、。]{0,18}[。?？]?$"
)
ANSWERS = re.compile(
    r"(?:てまいり|ており|ところで|予定で|いたし|考えて|認識して|捉えて|努め|進め|実施し|図っ|見込|となり|であり|でござい|ません|ました|します)"
    r"[^、。]{0,14}。?$"
)
TOPIC = re.compile(
    r"(?:について|に関して|につきまして|の件)(?:の質問)?(?:です|であります|でございます|伺います|お伺いします|お伺いいたします)?[。]?$"
)
NEXT = re.compile(
    r"(?:次に|次の|次は|続いて|続きまして|最後に|まず|初めに|第?[0-9０-９一二三四五六七八九]{1,2}(?:点目|つ目|問目|番目|質問|項目)|大きな|件名)"
)
POINTS_BACK = re.compile(r"(?:[そこ]れ(?!ぞれ|から|まで|では)|[そこ](?:の|う|ちら)|同様|同じく|あの)")
RESTRICTS = re.compile(r"(?:ただし|ただ、|もっとも、|しかし|しかしながら|とはいえ)")

EMPTY = "発言がありません。"
ONLY_POLITE = "あいさつのほかに、要約する文がありません。"
NOTHING_TELLS = "通告や議題の言葉、問い、答え、数のどれも、文に見つかりません。"
NOTHING_FITS = f"打消しや条件を残すと{MOST}字に収まりません。"


class TurnKind(StrEnum):
    """発言の種類: what a turn does."""

    QUESTION = "question"
    ANSWER = "answer"


@dataclass(frozen=True)
class ProposedSummary:
    """要約の候補: the text and the sentences that it cites, or "" and the reason."""

    text: str
    cited: tuple[Sentence, ...] = ()
    reason: str = ""

    @property
    def lines(self) -> tuple[int, ...]:
        """The lines of the minutes that it rests on."""
        return tuple(sorted({line for each in self.cited for line in range(each.line, each.last + 1)}))


@dataclass(frozen=True)
class _Scored:
    place: int
    score: float
    forms: tuple[str, ...]


def propose_summary(lines: Sequence[Line], kind: TurnKind, subject: str = "") -> ProposedSummary:
    """Return a summary of the lines of a turn. ``subject`` is the title of the notice or of the item of the agenda."""
    said = sentences(list(lines))
    if not said:
        return ProposedSummary("", reason=EMPTY)
    scored = _scored(said, kind, subject)
    if not scored:
        return ProposedSummary("", reason=ONLY_POLITE)
    if all(each.score < ENOUGH for each in scored):
        return ProposedSummary("", reason=NOTHING_TELLS)
    telling = [each for each in scored if each.score >= ENOUGH or RESTRICTS.match(said[each.place].text)]
    for text, places in _ranked(said, sorted(telling, key=lambda each: (-each.score, each.place))[:COMPARED]):
        cited = tuple(said[place] for place in places)
        if not broken_rules(text, cited):
            return ProposedSummary(text, cited)
    return ProposedSummary("", reason=NOTHING_FITS)


def _scored(said: Sequence[Sentence], kind: TurnKind, subject: str) -> list[_Scored]:
    """Return the sentences that say something, with how much they tell of a subject."""
    wanted, found = frozenset(content_words(subject)), []
    inherited = 0.0
    for place, each in enumerate(said):
        text = each.text
        if is_greeting(text) or text[:1] in "((〔[":
            continue
        share = len(wanted & set(content_words(text))) / len(wanted) if wanted else 0.0
        if NEXT.match(text) or TOPIC.search(text):
            inherited = share
        forms = tuple(filter(_is_telling, (text[part.start : part.end].strip() for part in shortened(text))))
        score = 6 * share + 1.5 * inherited + _cues(text, kind) - 0.9 * bool(POINTS_BACK.match(text))
        score -= 0.9 * bool(RESTRICTS.match(text))
        found.append(_Scored(place, score, forms))
    return found


def _cues(text: str, kind: TurnKind) -> float:
    """Return how much a sentence looks like a question or an answer."""
    if kind is TurnKind.QUESTION:
        return 2.5 * bool(ASKS.search(text)) + 0.5 * bool(NUMBER.search(text))
    return 2.0 * bool(ANSWERS.search(text)) + 1.0 * bool(NUMBER.search(text))


def _ranked(said: Sequence[Sentence], best: Sequence[_Scored]) -> Iterator[tuple[str, tuple[int, ...]]]:
    """Yield texts that fit with the places of their sentences, the one that tells most first, longer before shorter."""
    held: list[tuple[float, int, tuple[int, ...], str]] = []
    for each in best:
        if each.score >= ENOUGH and not _is_restricted(said, each.place):
            held += [(each.score, len(form), (each.place,), form) for form in each.forms if len(form) <= MOST]
    for one, other in combinations(sorted(best, key=lambda each: each.place), 2):
        if one.score >= ENOUGH and _belong(said, one.place, other.place):
            held += [
                (one.score + max(other.score, ENOUGH) - 1.0, len(text), (one.place, other.place), text)
                for text in (_joined(form, rest) for form in one.forms for rest in other.forms)
                if len(text) <= MOST
            ]
    for _, _, places, text in sorted(held, key=lambda row: (-row[0], -row[1], row[2], row[3])):
        yield text, places


def _is_restricted(said: Sequence[Sentence], place: int) -> bool:
    """Whether the sentence after this one takes a part of it back (ただし…)."""
    return place + 1 < len(said) and bool(RESTRICTS.match(said[place + 1].text))


def _belong(said: Sequence[Sentence], one: int, other: int) -> bool:
    """Whether two sentences stand under one point of a speech, and nothing that restricts them is left out."""
    if _is_restricted(said, other) or (_is_restricted(said, one) and other != one + 1):
        return False
    return not any(NEXT.match(said[place].text) for place in range(one + 1, other + 1))


def _is_telling(form: str) -> bool:
    """Whether a clause says something by itself."""
    return len(form) >= LEAST and len(content_words(form)) >= TELLING


def _joined(one: str, other: str) -> str:
    return (one if one.endswith(("。", "?", "？")) else f"{one}。") + other
