"""The classifier of sentences: each document judged by a model that was trained without it; and the training itself.

./todoke bench minutes_classifier [--misses] [--only NAME …]     leave one document out
./todoke bench minutes_classifier --train                        write the weights that the program comes with
./todoke bench minutes_classifier --shipped [--unseen]           the weights as they are, on whole documents
"""

import argparse
import platform
import time

from benchmarks.minutes_documents import CORPUS, HEADS, GoldDocument, Score, documents, score, unseen
from todoke.meetings.minutes.classifier_fit import FitSettings, LabelledSentence, fit, within_bytes
from todoke.meetings.minutes.extract import extract
from todoke.meetings.minutes.loader import load
from todoke.meetings.minutes.sentence_classifier import KINDS, SHIPPED, SentenceClassifier, shipped_classifier

SETTINGS = FitSettings(penalty=0.7, fewest=2, steps=50)
FOLDS = 5
PRECISION = 0.85
"""The precision that is asked for; the threshold is the lowest that keeps it on training text which was left out."""
THRESHOLDS = (0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6)


def rows_of(held: list[GoldDocument]) -> list[LabelledSentence]:
    return [row for each in held for row in each.sentences]


def trained(held: list[GoldDocument], threshold: float, start: SentenceClassifier | None = None) -> SentenceClassifier:
    """Return the classifier of these documents, as it would be written."""
    return within_bytes(fit(rows_of(held), SETTINGS, start=start, threshold=threshold))


def chosen_threshold(held: list[GoldDocument]) -> float:
    """Return the threshold by cross-validation, by document, over all text but the six formats that are judged."""
    text = [each for each in held if each.group != "formats"]
    judged: list[tuple[str, str, float]] = []
    for fold in range(FOLDS):
        model = fit(rows_of([each for at, each in enumerate(text) if at % FOLDS != fold]), SETTINGS, threshold=0.0)
        for row in rows_of(text[fold::FOLDS]):
            said = model.verdict(row.features)
            judged.append((row.kind, said.kind, said.probability))
    found = THRESHOLDS[-1]
    for threshold in reversed(THRESHOLDS):
        proposed = [(kind, wanted) for wanted, kind, chance in judged if chance >= threshold]
        right = sum(kind == wanted for kind, wanted in proposed)
        needed = sum(kind != KINDS[0] for kind, _, _ in judged)
        print(f"threshold {threshold:.2f}: recall {right / needed:.3f}, precision {right / len(proposed):.3f}")
        found = threshold if right >= PRECISION * len(proposed) else found
    return found


def share(pairs: list[tuple[str, str]], kind: str, number: int) -> float:
    """Return the share of a kind in one of the two passes."""
    return sum(pair[number] == kind for pair in pairs) / len(pairs)


def agreement() -> None:
    """Print how the two passes over the minutes of Kiryu agree."""
    pairs = []
    for path in sorted(CORPUS.glob("*.passes.tsv")):
        for line in path.read_text().splitlines():
            _, first, second, _ = line.split("\t")
            pairs += [(first, second)] if second else []
    for name, signs in (("with optional", 2), ("kinds", 1)):
        cut = [(first[:signs], second[:signs]) for first, second in pairs]
        same = sum(a == b for a, b in cut) / len(cut)
        kinds = sorted({kind for pair in cut for kind in pair})
        chance = sum(share(cut, kind, 0) * share(cut, kind, 1) for kind in kinds)
        print(
            f"two passes, {len(pairs)} sentences, {name}: {same:.1%} equal, kappa {(same - chance) / (1 - chance):.2f}"
        )


def leave_one_out(only: list[str], misses: bool) -> None:
    held = documents()
    for each in held:
        for row in each.untrained_rows():
            print(f"not in a sentence: {each.name} {row[0]} {row[6]}")
    sums: dict[str, Score] = {}
    threshold = chosen_threshold(held)
    start = fit(rows_of([each for each in held if each.group == "corpus"]), SETTINGS)
    print(f"threshold {threshold}\n{HEADS}")
    for each in held:
        if each.group == "corpus" or (only and each.name not in only and each.group not in only):
            continue
        found = score(each, trained([other for other in held if other is not each], threshold, start), misses=misses)
        print(f"{each.name:24}{found}  {each.format}", flush=True)
        sums[each.group] = sums.get(each.group, Score()) + found
    for group, total in sums.items():
        print(f"{group.upper():24}{total}")


def defects() -> None:
    """Print how the defects that are said agree with those that a reader lists."""
    right = said = listed = 0
    for each in documents():
        if each.defects is not None:
            found = [(str(flaw.line), flaw.kind) for flaw in extract(load(each.path.read_bytes())).defects]
            right, said = right + sum(flaw in each.defects for flaw in found), said + len(found)
            listed += len(each.defects)
    print(f"defects: {right} of {said} said are right, {listed} listed")


def sixty_pages() -> None:
    """Print the processor time of reading a transcript of sixty pages of 1,600 letters."""
    text = (CORPUS / "kiryu-questions.txt").read_text()
    data = (text * (1 + 96_000 // len(text)))[:96_000].encode()
    start = time.process_time()
    found = extract(load(data))
    print(
        f"60 pages, {len(found.speeches)} speeches, {len(found.candidates)} candidates: "
        f"{time.process_time() - start:.2f} s of processor time"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--misses", action="store_true")
    parser.add_argument("--train", action="store_true")
    parser.add_argument("--shipped", action="store_true")
    parser.add_argument("--unseen", action="store_true")
    parser.add_argument("--only", nargs="*", default=[])
    options = parser.parse_args()
    start = time.process_time()
    print(f"Python {platform.python_version()}, {platform.machine()}")
    if options.train:
        held = documents()
        found = trained(held, chosen_threshold(held))
        SHIPPED.write_text(found.as_text(), encoding="utf-8")
        size = SHIPPED.stat().st_size
        print(f"{len(rows_of(held))} sentences, {len(found.weights)} features, {size:,} bytes, {found.digest}")
    elif options.shipped:
        print(HEADS)
        totals: dict[str, Score] = {}
        for each in unseen() if options.unseen else documents():
            result = score(each, shipped_classifier(), misses=options.misses)
            totals[each.group] = totals.get(each.group, Score()) + result
            print(f"{each.name:24}{result}")
        for group, total in totals.items():
            print(f"{group.upper():24}{total}")
        defects()
        sixty_pages()
    else:
        agreement()
        leave_one_out(options.only, options.misses)
    print(f"{time.process_time() - start:.0f} s of processor time")


if __name__ == "__main__":
    main()
