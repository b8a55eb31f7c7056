"""Memory index 記憶上の索引: questions and answers of a file, searched without a database (``./todoke ask``)."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from todoke.guidance.faqs.answer_order import Signals
from todoke.guidance.faqs.bm25 import CorpusSize, Posting, bm25_scores, rarity
from todoke.japanese.content_words import content_words
from todoke.japanese.embeddings import Embedder, Vectors

QUESTION_COUNTS = 2
"""How often the words of the question count beside those of the answer."""
OF_ANSWER = 100
"""Letters of the answer in the second vector."""


@dataclass(frozen=True)
class FaqText:
    """問答の文: question, answer, and other wordings of the question."""

    question: str
    answer: str
    wordings: str = ""


def term_counts(text: FaqText) -> Counter[str]:
    """Return the content words of a question and its answer, those of the question and its wordings counted twice."""
    asked = content_words(f"{text.question}\n{text.wordings}") if text.wordings else content_words(text.question)
    return Counter(asked * QUESTION_COUNTS + content_words(text.answer))


def passages(text: FaqText) -> tuple[str, str]:
    """Return the two texts by whose meaning an answer is found."""
    return text.question, f"{text.question} {text.answer[:OF_ANSWER]}"


class MemoryIndex:
    """記憶上の索引: documents are numbered in the order given."""

    def __init__(self, texts: Sequence[FaqText], embedder: Embedder | None = None) -> None:
        counts = [term_counts(text) for text in texts]
        lengths = [sum(each.values()) for each in counts]
        self._size = CorpusSize(len(texts), sum(lengths) / max(len(texts), 1))
        self._postings: Mapping[str, list[Posting]] = defaultdict(list)
        for document, found in enumerate(counts):
            for term, frequency in found.items():
                self._postings[term].append(Posting(document, term, frequency, lengths[document]))
        self._embedder = embedder
        self._vectors: tuple[Vectors, ...] = ()
        if embedder and texts:
            self._vectors = tuple(embedder.passages(part) for part in zip(*map(passages, texts), strict=True))

    def holds(self, term: str) -> bool:
        """Whether any document has a word."""
        return term in self._postings

    def rarity(self, term: str) -> float:
        """Return how much a word tells: more, the fewer documents have it."""
        return rarity(len(self._postings.get(term, ())), self._size)

    def known_part(self, terms: Iterable[str], document: int) -> float:
        """Return the sum of the rarities of those words that a document has."""
        return sum(
            self.rarity(term) for term in terms if any(row.document == document for row in self._postings.get(term, ()))
        )

    def signals(self, question: str) -> Signals:
        """Return what speaks for each document."""
        terms = dict.fromkeys(content_words(question))
        words = bm25_scores((row for term in terms for row in self._postings.get(term, ())), self._size)
        if not self._embedder or not self._vectors:
            return Signals(words, {}, {})
        asked = self._embedder.questions([question])[0]
        first, second = (dict(enumerate((part @ asked).astype(float).tolist())) for part in self._vectors)
        return Signals(words, first, second)
