"""How well questions of residents find their answers, on questions that people judged.

    ./todoke bench guidance FOLDER [--words]

FOLDER holds corpus.json (questions and answers), queries.json and qrels.json (2 = right, 1 = related). The weights of
the vectors are chosen on every third question and judged on the others; the shipped ones are judged on the same others.
"""

import argparse
import json
import math
import platform
import random
import time
from collections.abc import Iterable, Mapping, Sequence
from itertools import product
from pathlib import Path

from todoke.guidance.faqs.answer_order import WEIGHTS, RankingWeights, Signals, is_direct, rank, without
from todoke.guidance.faqs.memory_index import FaqText, MemoryIndex
from todoke.guidance.faqs.question_files import read_corpus, read_questions
from todoke.japanese.embeddings import Embedder, embedder

STEPS = (0.0, 0.2, 0.4, 0.5, 0.6, 0.7, 0.8, 1.0, 1.3, 1.6)
Grades = Mapping[int, int]
Judged = Sequence[tuple[Signals, Grades]]


def ndcg(order: Sequence[int], grades: Grades, depth: int = 10) -> float:
    """Return the normalised discounted cumulative gain of the first ten, gain = grade."""
    found = sum(grades.get(each, 0) / math.log2(place + 2) for place, each in enumerate(order[:depth]))
    best = sorted(grades.values(), reverse=True)[:depth]
    return found / sum(grade / math.log2(place + 2) for place, grade in enumerate(best))


def figures(judged: Judged, weights: RankingWeights) -> dict[str, float]:
    """Return nDCG@10, P@1, SR@5 and Recall@10 over questions; grades 1 and 2 count as found."""
    sums = dict.fromkeys(("nDCG@10", "P@1", "SR@5", "Recall@10"), 0.0)
    for signals, grades in judged:
        order = [each.document for each in rank(signals, weights).answers[:10]]
        sums["nDCG@10"] += ndcg(order, grades)
        sums["P@1"] += bool(order) and order[0] in grades
        sums["SR@5"] += any(each in grades for each in order[:5])
        sums["Recall@10"] += sum(each in grades for each in order) / len(grades)
    return {name: value / len(judged) for name, value in sums.items()}


def line(name: str, found: Mapping[str, float]) -> str:
    return f"  {name:<58}" + "  ".join(f"{key} {value:.3f}" for key, value in found.items())


def chosen(judged: Judged) -> RankingWeights:
    """Return the weights with the best nDCG@10; of equal ones the first."""
    grid = [RankingWeights(*pair) for pair in product(STEPS, STEPS)]
    return max(grid, key=lambda weights: figures(judged, weights)["nDCG@10"])


def gain_range(judged: Judged, words: Judged, weights: RankingWeights) -> tuple[float, float]:
    """Return the middle 95 % of the gain in nDCG@10 over 2,000 resampled sets of questions (seeded)."""
    gains = []
    for (with_vectors, grades), (plain, _) in zip(judged, words, strict=True):
        orders = [[a.document for a in rank(each, weights).answers[:10]] for each in (with_vectors, plain)]
        gains.append(ndcg(orders[0], grades) - ndcg(orders[1], grades))
    dice = random.Random(20)
    means = sorted(sum(dice.choices(gains, k=len(gains))) / len(gains) for _ in range(2000))
    return means[50], means[1949]


def direct_figures(judged: Judged) -> str:
    """Return how often one answer is opened, how often rightly, and how often with its right answers taken out."""
    fired = [(signals, grades) for signals, grades in judged if is_direct(signals)]
    right = sum(rank(signals).answers[0].document in grades for signals, grades in fired)
    removed = sum(is_direct(without(signals, grades)) for signals, grades in judged)
    return (
        f"direct: {len(fired)} of {len(judged)} questions = {len(fired) / len(judged):.1%}, "
        f"right {right}/{len(fired)} = {right / max(len(fired), 1):.1%}; "
        f"with the right answers removed {removed}/{len(judged)} = {removed / len(judged):.1%}"
    )


def load(folder: Path) -> tuple[list[FaqText], dict[str, str], dict[str, Grades]]:
    corpus = read_corpus((folder / "corpus.json").read_bytes())
    questions = read_questions((folder / "queries.json").read_bytes())
    number = {key: place for place, key in enumerate(corpus)}
    grades: dict[str, Grades] = {
        name: {number[key]: grade for key, grade in rows.items() if grade > 0 and key in number}
        for name, rows in json.loads((folder / "qrels.json").read_text()).items()
    }
    return list(corpus.values()), {name: questions[name] for name, rows in grades.items() if rows}, grades


def measure(index: MemoryIndex, questions: Iterable[str]) -> tuple[list[Signals], list[float]]:
    found, spent = list[Signals](), list[float]()
    for text in questions:
        start = time.process_time()
        found.append(index.signals(text))
        rank(found[-1])
        spent.append((time.process_time() - start) * 1000)
    return found, sorted(spent)


def vectors_judged(model: Embedder, texts: Sequence[FaqText], questions: Mapping[str, str], words: Judged) -> None:
    """Print the figures with vectors; the weights are chosen on every third question."""
    start = time.process_time()
    index = MemoryIndex(texts, model)
    print(f"filed with vectors in {time.process_time() - start:.0f} s")
    found, spent = measure(index, questions.values())
    judged = [(signals, grades) for signals, (_, grades) in zip(found, words, strict=True)]
    print(f"question → order, vectors: p50 {spent[len(spent) // 2]:.1f} ms, p99 {spent[int(len(spent) * 0.99)]:.1f} ms")
    print(line("all, content words and vectors, shipped weights", figures(judged, WEIGHTS)))
    third = judged[::3]
    rest, rest_words = ([each for place, each in enumerate(part) if place % 3] for part in (judged, words))
    best = chosen(third)
    print(f"chosen on {len(third)}: question {best.question}, question and answer {best.question_and_answer}")
    print(line(f"  the other {len(rest)}, words", figures(rest_words, best)))
    print(line(f"  the other {len(rest)}, chosen weights", figures(rest, best)))
    print(line(f"  the other {len(rest)}, shipped weights", figures(rest, WEIGHTS)))
    low, high = gain_range(rest, rest_words, best)
    print(f"  gain in nDCG@10 on them (95 %): {low:.3f} to {high:.3f}")
    print(direct_figures(judged))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--words", action="store_true", help="without vectors, also where the extra is installed")
    options = parser.parse_args()
    texts, questions, grades = load(options.folder)
    print(f"Python {platform.python_version()}, {platform.machine()}; processor time; {len(texts)} answers, "
          f"{len(questions)} questions")  # fmt: skip
    start = time.process_time()
    index = MemoryIndex(texts)
    print(f"filed by words in {time.process_time() - start:.1f} s")
    plain, spent = measure(index, questions.values())
    words = [(signals, grades[name]) for signals, name in zip(plain, questions, strict=True)]
    print(f"question → order, words: p50 {spent[len(spent) // 2]:.1f} ms, p99 {spent[int(len(spent) * 0.99)]:.1f} ms")
    print(line("all, content words", figures(words, WEIGHTS)))
    model = None if options.words else embedder()
    if model is None:
        print("without the extra semantic: no vectors, never direct")
        return
    vectors_judged(model, texts, questions, words)


if __name__ == "__main__":
    main()
