"""Municipal fit 自治体の学習: the classifier that the program comes with, drawn by the rows of a municipality. Pure.

The text that the program learned from stands in its weights: they are what new weights are drawn to, so that a few rows
move little. Each of the minutes is judged by weights that were drawn without it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from todoke.meetings.minutes.classifier_fit import FitSettings, LabelledSentence, fit, within_bytes
from todoke.meetings.minutes.loader import Source, comparison_key
from todoke.meetings.minutes.minutes_structure import MinutesStructure, structure_of
from todoke.meetings.minutes.result_sections import find_result_sections
from todoke.meetings.minutes.sentence_classifier import KINDS, SentenceClassifier, shipped_classifier
from todoke.meetings.minutes.sentence_context import SentenceContext
from todoke.meetings.minutes.sentence_features import features_of

SETTINGS = FitSettings(penalty=10.0, fewest=2, steps=60)
UNMARKED = 0.3
"""How much a sentence of confirmed minutes counts that nobody marked."""


@dataclass(frozen=True)
class TaughtLine:
    """教わった行: line and words of minutes, and the kind that a person gave them ("none" is nothing)."""

    line: int
    quote: str
    kind: str
    what: str = ""
    is_written_in: bool = False


@dataclass(frozen=True)
class TaughtMinutes:
    """教わった会議録: text and lines of minutes; ``is_confirmed`` when somebody closed the record."""

    title: str
    text: str
    on: date | None
    lines: tuple[TaughtLine, ...]
    is_confirmed: bool = False


@dataclass(frozen=True)
class Agreement:
    """一致: what people wanted and was proposed, and what was proposed and people wanted."""

    hits: int = 0
    wanted: int = 0
    right: int = 0
    proposed: int = 0

    def __add__(self, other: "Agreement") -> "Agreement":
        return Agreement(
            self.hits + other.hits,
            self.wanted + other.wanted,
            self.right + other.right,
            self.proposed + other.proposed,
        )


@dataclass(frozen=True)
class Comparison:
    """比べた結果: one of the minutes judged by the weights of the program, and by weights drawn without it."""

    title: str
    before: Agreement
    after: Agreement


def _alikeness(context: SentenceContext, words: str) -> int:
    said, wanted = comparison_key(context.sentence.text), comparison_key(words)
    return len({said[i : i + 2] for i in range(len(said) - 1)} & {wanted[i : i + 2] for i in range(len(wanted) - 1)})


def _meant(found: Sequence[SentenceContext], taught: TaughtLine) -> SentenceContext | None:
    """Return the sentence that a line is about: the one it quotes, or the one most like what was written in."""
    near = [each for each in found if each.sentence.line - 1 <= taught.line <= each.sentence.last + 1]
    if not taught.is_written_in:
        quote = comparison_key(taught.quote)
        return next((each for each in near if quote and quote in comparison_key(each.sentence.text)), None)
    near = [each for each in near if each.sentence.line <= taught.line <= each.sentence.last] or near
    return max(near, key=lambda each: _alikeness(each, taught.what), default=None)


def _judged(structure: MinutesStructure) -> list[SentenceContext]:
    taken = find_result_sections(structure.lines, structure.heading.on, structure.heading.next_on)[1]
    return [each for each in structure.contexts if each.sentence.line not in taken]


def sentences_of(minutes: TaughtMinutes) -> list[LabelledSentence]:
    """Return the sentences of minutes that teach something; unmarked ones only of a confirmed record."""
    found = _judged(structure_of(Source(minutes.text.split("\n")), minutes.on))
    kinds: dict[int, str] = {}
    for each in minutes.lines:
        if (meant := _meant(found, each)) is not None:
            kinds[id(meant)] = each.kind if kinds.get(id(meant), KINDS[0]) == KINDS[0] else kinds[id(meant)]
    return list(_labelled(found, kinds, is_confirmed=minutes.is_confirmed))


def _labelled(
    found: Sequence[SentenceContext], kinds: dict[int, str], *, is_confirmed: bool
) -> Iterator[LabelledSentence]:
    for each in found:
        if id(each) in kinds:
            yield LabelledSentence(features_of(each), kinds[id(each)])
        elif is_confirmed:
            yield LabelledSentence(features_of(each), KINDS[0], UNMARKED)


def agreement(classifier: SentenceClassifier, rows: Sequence[LabelledSentence]) -> Agreement:
    """Return how a classifier agrees with what people said."""
    whole = Agreement()
    for row in rows:
        kind = classifier.verdict(row.features).kind
        is_hit = kind == row.kind
        whole += Agreement(int(is_hit), int(row.kind != KINDS[0]), int(is_hit), int(bool(kind)))
    return whole


def drawn(rows: Sequence[LabelledSentence]) -> SentenceClassifier:
    """Return the classifier of the program drawn by rows, as it is written."""
    shipped = shipped_classifier()
    return within_bytes(fit(rows, SETTINGS, prior=shipped, threshold=shipped.threshold))


def learn(documents: Sequence[TaughtMinutes]) -> tuple[str, list[Comparison]]:
    """Return the weights drawn by all minutes, as written, and each of the minutes before and after, left out."""
    held = [sentences_of(each) for each in documents]
    compared = []
    for number, (minutes, rows) in enumerate(zip(documents, held, strict=True)):
        others = [row for other, each in enumerate(held) if other != number for row in each]
        compared.append(
            Comparison(minutes.title, agreement(shipped_classifier(), rows), agreement(drawn(others), rows))
        )
    return drawn([row for each in held for row in each]).as_text(), compared
