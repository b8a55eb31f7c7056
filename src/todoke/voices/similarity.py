"""Similarity 似た意見: near-identical texts are folded to one line; the ten most similar others are listed by words.

Nothing here assigns, hides or answers an opinion: a person reads the list and decides.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from math import log
from typing import TYPE_CHECKING, TypeAlias

from todoke.japanese.search_tokens import fold, morphemes
from todoke.lazy_modules import np

if TYPE_CHECKING:
    from numpy.typing import NDArray

SHINGLE = 5
SAME = 0.95
NEARLY_SAME = 0.85
BANDS, ROWS = 16, 4
MOST_TEXTS = 3_000
LISTED = 10
STEP = 50
"""After how many texts the progress is told."""
_SILENT = {"助詞", "助動詞", "補助記号", "空白", "記号"}
_STOP = {
    "する", "ある", "いる", "なる", "居る", "有る", "為る", "成る", "事", "物", "こと",
    "もの", "為", "ため", "よう", "様", "思う", "言う", "下さる", "ください", "頂く", "頂ける",
    "行う", "此の", "其の", "この", "その", "此れ", "其れ", "区", "市", "町", "村",
    "私", "案", "計画", "意見", "等", "無い", "良い", "出来る", "欲しい",
}  # fmt: skip
Signature: TypeAlias = "NDArray[np.uint64]"
Progress = Callable[[int, int], None]


def _nothing(done: int, whole: int) -> None:
    """Tell nobody."""


def shingles(text: str) -> frozenset[str]:
    """Return the runs of five letters of a text, folded and without blanks; a shorter text is one run."""
    plain = "".join(fold(text).split())
    return frozenset(plain[at : at + SHINGLE] for at in range(max(1, len(plain) - SHINGLE + 1)))


def jaccard(one: frozenset[str], other: frozenset[str]) -> float:
    """Return the share of runs that two texts have in common."""
    both = len(one & other)
    return both / (len(one) + len(other) - both)


def _signatures(sets: Sequence[frozenset[str]], told: Progress = _nothing) -> Signature:
    """Return the MinHash signatures of sets of runs: one row of 64 values each."""
    chance = np.random.default_rng(20_260_401)
    factors = chance.integers(1, 2**63, BANDS * ROWS, dtype=np.uint64) | np.uint64(1)
    found = np.empty((len(sets), BANDS * ROWS), dtype=np.uint64)
    for at, runs in enumerate(sets):
        if at % STEP == 0:
            told(at, len(sets))
        hashes = np.fromiter((_hash(run) for run in runs), dtype=np.uint64, count=len(runs))
        found[at] = ((hashes[:, None] * factors[None, :]) >> np.uint64(16)).min(axis=0)
    return found


def _hash(run: str) -> int:
    value = 14_695_981_039_346_656_037
    for letter in run:
        value = ((value ^ ord(letter)) * 1_099_511_628_211) & 0xFFFF_FFFF_FFFF_FFFF
    return value


def folded(texts: Sequence[str], *, told: Progress = _nothing) -> list[int]:
    """Return for each text the place of the first one that says nearly the same (its own where none does).

    Candidates share a band of their signatures; a pair counts from a Jaccard index of 0.85 with the first one. ``told``
    hears how many of the texts are done; what it raises ends the computation.
    """
    sets = [shingles(text) for text in texts]
    signatures = _signatures(sets, told)
    seen: dict[tuple[int, bytes], list[int]] = defaultdict(list)
    first: list[int] = []
    for at, runs in enumerate(sets):
        keys = [(band, signatures[at, band * ROWS : (band + 1) * ROWS].tobytes()) for band in range(BANDS)]
        known = dict.fromkeys(place for key in keys for place in seen[key])
        found = next((place for place in known if jaccard(runs, sets[place]) >= NEARLY_SAME), at)
        first.append(found)
        if found == at:
            for key in keys:
                seen[key].append(at)
    return first


def blocks(clauses: Sequence[str]) -> list[list[int]]:
    """Return the places of texts that are compared with each other: all, or those of one clause, at most 3,000 at once.

    ``clauses`` names the clause of the draft of each text.
    """
    if len(clauses) <= MOST_TEXTS:
        return [list(range(len(clauses)))]
    places = defaultdict[str, list[int]](list)
    for at, clause in enumerate(clauses):
        places[clause].append(at)
    return [found[at : at + MOST_TEXTS] for found in places.values() for at in range(0, len(found), MOST_TEXTS)]


def content_words(text: str) -> list[str]:
    """Return the words of a text that carry its matter: a synonym group, or the normalised form."""
    found = []
    for word in morphemes(text):
        form = word.normalized_form()
        if word.part_of_speech()[0] in _SILENT or form in _STOP or not form.strip():
            continue
        groups = word.synonym_group_ids()
        found.append(f"={groups[0]}" if groups else form)
    return found


@dataclass(frozen=True)
class SimilarText:
    """似た文: the place of another text, how near it is (0 to 1), and the words that both have."""

    place: int
    score: float
    words: tuple[str, ...]


def similar_lists(texts: Sequence[str], *, told: Progress = _nothing, listed: int = LISTED) -> list[list[SimilarText]]:
    """Return for each text the others that are most like it, the nearest first. Raises ValueError above 3,000 texts.

    ``told`` hears how many of the texts are done; what it raises ends the computation.
    """
    if len(texts) > MOST_TEXTS:
        raise ValueError(len(texts))
    counts, shown = list[Counter[str]](), list[dict[str, str]]()
    for at, text in enumerate(texts):
        if at % STEP == 0:
            told(at, 2 * len(texts))
        counts.append(Counter(content_words(text)))
        shown.append(_surfaces(text))
    vectors, postings = _weights(counts)
    found = []
    for at, vector in enumerate(vectors):
        if at % STEP == 0:
            told(len(texts) + at, 2 * len(texts))
        found.append(_nearest(at, vector, postings, len(texts), shown, listed))
    return found


def _surfaces(text: str) -> dict[str, str]:
    """Return how each word of a text is written in it."""
    found: dict[str, str] = {}
    for word in morphemes(text):
        groups = word.synonym_group_ids()
        found.setdefault(f"={groups[0]}" if groups else word.normalized_form(), word.surface())
    return found


Posting: TypeAlias = "tuple[NDArray[np.int64], NDArray[np.float64]]"


def _weights(counts: Sequence[Counter[str]]) -> tuple[list[dict[str, float]], dict[str, Posting]]:
    """Return the unit vectors of the texts, and for each word the texts that have it with their weights."""
    frequency = Counter(word for each in counts for word in each)
    vectors, rows = list[dict[str, float]](), defaultdict[str, list[tuple[int, float]]](list)
    for at, each in enumerate(counts):
        raw = {w: (1 + log(n)) * log((1 + len(counts)) / (1 + frequency[w])) for w, n in each.items()}
        length = sum(value * value for value in raw.values()) ** 0.5 or 1.0
        vectors.append({word: value / length for word, value in raw.items() if value})
        for word, value in vectors[-1].items():
            rows[word].append((at, value))
    return vectors, {word: _posting(found) for word, found in rows.items()}


def _posting(found: Iterable[tuple[int, float]]) -> Posting:
    places, values = zip(*found, strict=True)
    return np.array(places, dtype=np.int64), np.array(values, dtype=np.float64)


def _nearest(
    at: int, vector: dict[str, float], postings: dict[str, Posting], number: int, shown: Sequence[dict[str, str]],
    listed: int,
) -> list[SimilarText]:  # fmt: skip
    scores = np.zeros(number)
    for word, value in vector.items():
        places, values = postings[word]
        scores[places] += value * values
    scores[at] = 0
    order = np.argsort(-scores, kind="stable")[:listed]
    return [
        SimilarText(int(place), round(float(scores[place]), 4), _shared(vector, shown[at], shown[place]))
        for place in order
        if scores[place] > 0
    ]


def _shared(vector: dict[str, float], own: dict[str, str], other: dict[str, str]) -> tuple[str, ...]:
    both = sorted((word for word in vector if word in other), key=lambda word: -vector[word])
    return tuple(own[word] for word in both[:8] if word in own)
