"""Minutes with gold lists: the documents of tests and training text, and how a reading of them is scored."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path

from benchmarks.minutes import matches, rows
from todoke.meetings.minutes.candidate_selection import select_candidates
from todoke.meetings.minutes.classifier_fit import LabelledSentence
from todoke.meetings.minutes.commitment_candidates import CommitmentCandidate
from todoke.meetings.minutes.loader import comparison_key, flat, load
from todoke.meetings.minutes.minutes_structure import MinutesStructure, structure_of
from todoke.meetings.minutes.owners import owner_key
from todoke.meetings.minutes.sentence_classifier import KINDS, SentenceClassifier
from todoke.meetings.minutes.sentence_context import SentenceContext
from todoke.meetings.minutes.sentence_features import features_of

ROOT = Path(__file__).resolve().parents[1]
TESTS, CORPUS = ROOT / "tests/meetings", ROOT / "benchmarks/minutes_corpus"
FORMATS = {
    "proposals": "proposals one by one", "opinions": "opinion (post), answer", "qa": "questions and answers",
    "digest": "summary, no speakers", "table": "table", "council": "council transcript",
}  # fmt: skip


@dataclass
class GoldDocument:
    """A document with what a reader finds in it.

    ``group`` is public, formats, heldout, corpus, unseen or one of its later fives.
    """

    group: str
    path: Path
    gold: Path

    @property
    def name(self) -> str:
        return self.path.stem

    @property
    def format(self) -> str:
        return FORMATS.get(self.name.split("_")[0], "") if self.group == "formats" else ""

    @cached_property
    def structure(self) -> MinutesStructure:
        return structure_of(load(self.path.read_bytes()))

    @cached_property
    def listed(self) -> list[list[str]]:
        return rows(self.gold)

    @cached_property
    def sentences(self) -> list[LabelledSentence]:
        """The sentences to train on; those that may be read either way are left out."""
        return [row for each in self.structure.contexts for row in self._labelled(each)]

    def _labelled(self, context: SentenceContext) -> Iterator[LabelledSentence]:
        said = context.sentence
        held = [
            row
            for row in self.listed
            if said.line - 1 <= int(row[0]) <= said.last + 1
            and any(comparison_key(words) in comparison_key(said.text) for words in row[6].split("|"))
        ]
        needed = [row for row in held if row[2] == "needed"]
        if held and not needed:
            return
        kind = needed[0][1].split("|")[0] if needed else KINDS[0]
        yield LabelledSentence(features_of(context), kind, 0.5 if self.name.startswith("kiryu") else 1.0)

    def untrained_rows(self) -> list[list[str]]:
        """Return the needed rows that no sentence of the structure holds."""
        texts = [(each.sentence.line, comparison_key(each.sentence.text)) for each in self.structure.contexts]
        return [
            row
            for row in self.listed
            if row[2] == "needed"
            and not any(
                abs(line - int(row[0])) <= 12 and any(comparison_key(words) in text for words in row[6].split("|"))
                for line, text in texts
            )
        ]

    @cached_property
    def defects(self) -> set[tuple[str, str]] | None:
        """The lines and kinds of what cannot be right, or None where nobody listed them."""
        path = self.path.with_suffix(".defects.tsv")
        return {(row[0], row[1]) for row in rows(path)} if path.exists() else None


@dataclass(frozen=True)
class Score:
    """What a reading found: hits and needed rows, right and judged candidates; of those found, owners and days."""

    hits: int = 0
    needed: int = 0
    right: int = 0
    judged: int = 0
    owners: int = 0
    owned: int = 0
    dues: int = 0
    found: int = 0

    def __add__(self, other: "Score") -> "Score":
        return Score(*(a + b for a, b in zip(self.values, other.values, strict=True)))

    @property
    def values(self) -> tuple[int, ...]:
        return (
            self.hits, self.needed, self.right, self.judged, self.owners, self.owned, self.dues, self.found,
        )  # fmt: skip

    def __str__(self) -> str:
        pairs = [
            (self.hits, self.needed),
            (self.right, self.judged),
            (self.owners, self.owned),
            (self.dues, self.found),
        ]
        return " ".join(f"{part:4d}/{whole:<4d}{part / whole if whole else 1:5.2f}" for part, whole in pairs)


HEADS = f"{'':24}{'recall':>12}{'precision':>15}{'owner':>12}{'due':>13}"


def _day_is_right(row: list[str], each: CommitmentCandidate, next_on: date | None) -> bool:
    days = [date.fromisoformat(day) if day not in {"-", ""} else None for day in row[5].split("|")]
    if row[4].startswith("次回"):
        days += [next_on]
    return each.due in days and (flat(row[4]).removesuffix("に") in flat(each.due_text) or each.due is not None)


def score(document: GoldDocument, classifier: SentenceClassifier, *, misses: bool = False) -> Score:
    """Return how a classifier's candidates of a document agree with its gold list; print what it missed if asked."""
    found = select_candidates(document.structure, classifier)
    needed = [row for row in document.listed if row[2] == "needed"]
    hit = [row for row in needed if any(matches(row, each) for each in found)]
    wrong = [each for each in found if not any(matches(row, each) for row in document.listed)]
    right = [each for each in found if any(matches(row, each) for row in needed)]
    pairs = [(row, [each for each in found if matches(row, each)]) for row in hit]
    next_on = document.structure.heading.next_on
    owned = [(row, held) for row, held in pairs if row[3]]
    if misses:
        for row in needed:
            if row not in hit:
                print(f"    missed {row[0]:>4} {row[1]:<10} {row[6]}")
        for each in wrong:
            print(f"    wrong  {each.line:>4} {each.kind:<10} {each.quote[-60:]!r} {each.probability:.2f}")
        for row, held in owned:
            if not any(owner_key(row[3]) == owner_key(each.owner) for each in held):
                print(f"    owner  {row[0]:>4} {row[3]} not {held[0].owner!r}")
        for row, held in pairs:
            if not any(_day_is_right(row, each, next_on) for each in held):
                print(f"    due    {row[0]:>4} {row[4]} {row[5]} not {held[0].due_text!r} {held[0].due}")
    owners = sum(any(owner_key(row[3]) == owner_key(each.owner) for each in held) for row, held in owned)
    dues = sum(any(_day_is_right(row, each, next_on) for each in held) for row, held in pairs)
    judged = len(right) + len(wrong)
    return Score(len(hit), len(needed), len(right), judged, owners, len(owned), dues, len(pairs))


def documents() -> list[GoldDocument]:
    """Return every document that may be trained on, in order."""
    found = [
        GoldDocument("public", path, TESTS / f"gold/{path.stem}.proposals.tsv")
        for path in sorted((TESTS / "minutes").glob("*.txt"))
    ]
    for group, folder in (("formats", TESTS / "formats"), ("heldout", TESTS / "heldout"), ("corpus", CORPUS)):
        found += [
            GoldDocument(group, path, path.with_suffix(".proposals.tsv"))
            for path in sorted(folder.glob("*.txt"))
            if path.with_suffix(".proposals.tsv").exists()
        ]
    return found


def unseen() -> list[GoldDocument]:
    """Return the documents that nothing is ever trained on or changed for."""
    return [
        GoldDocument(folder, path, path.with_suffix(".proposals.tsv"))
        for folder in ("unseen", "unseen_second", "unseen_third", "unseen_fourth")
        for path in sorted((TESTS / folder).glob("*.txt"))
    ]
