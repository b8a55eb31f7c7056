"""Judge the reader on ten synthetic forms it was never tuned on: ``./todoke bench forms.judging.score``.

``--set second`` takes ten others. ``--why`` prints what each figure is made of.

Never tune the reader on these: a form that was looked at while improving the reader judges nothing any more.
A field is right when its label is asked with a kind that fits, or when it is listed as contained in another field
(フリガナ in 氏名, 口座番号 in 振込先の口座). It is lost in silence when it is neither asked nor listed.
"""

import argparse
import re
import tempfile
import unicodedata
from collections import Counter
from pathlib import Path

from benchmarks.forms.judging import grid_truth, paper_truth
from benchmarks.forms.judging.truth import Field, Form
from benchmarks.forms.second_judging import grid_truth as second_grid_truth
from benchmarks.forms.second_judging import paper_truth as second_paper_truth

from todoke.formbuilder.paper_import.findings import FoundQuestion, Recognition
from todoke.formbuilder.paper_import.grid import read_grids
from todoke.formbuilder.paper_import.recognition import recognise

SETS = {
    "first": (*grid_truth.FORMS, *paper_truth.FORMS),
    "second": (*second_grid_truth.FORMS, *second_paper_truth.FORMS),
}
FITS = {
    "text": "short_text long_text",
    "kana": "name short_text",
    "datetime": "date short_text",
    "month": "date short_text",
    "period": "date short_text",
    "one": "choice yes_no",
    "many": "choices",
    "agree": "declaration yes_no",
    "files": "file choices",
}
PRINTED = re.compile(r"(?:[\d年月日時分頃生個人枚通円号第組.\-]|令和|平成|[明大昭平令]|から|まで)*|印|No\.?")
COUNTS = ("fields", "right", "other kind", "missed", "lost in silence", "words lost", "invented", "options differ")


def bare(text: str) -> str:
    """Return a text for comparison: half-width, without spaces."""
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text)).rstrip(":")


def core(text: str) -> str:
    """Return a label without what is said in brackets."""
    return re.sub(r"\([^()]*\)", "", bare(text)) or bare(text)


class Judge:
    """Compares one reading with the truth of its form."""

    def __init__(self, form: Form, reading: Recognition) -> None:
        self.form, self.reading = form, reading
        self.left = list(reading.questions)
        self.counts: Counter[str] = Counter(fields=len(form.fields))
        self.notes: list[str] = []
        self.listed = [bare(skipped.text) for skipped in reading.skipped]
        self.within = [bare(one.text) for one in reading.skipped if one.reason.endswith("の欄に含みます")]

    def run(self) -> None:
        """Count every field of the truth, then what was asked beyond it."""
        for wanted in self.form.fields:
            (self._rows if wanted.kind == "rows" else self._one)(wanted)
        for extra in self.left:
            if not self._part(extra):
                nothing = any(bare(one) in bare(extra.label) for one in self.form.nothing)
                self._note("invented", f"{extra.group} / {extra.label}{' (asks nothing)' if nothing else ''}")

    def _note(self, count: str, text: str) -> None:
        self.counts[count] += 1
        self.notes.append(f"{count}: {text}")

    def _take(self, wanted: Field) -> FoundQuestion | None:
        block, _, label = wanted.label.rpartition(" ")
        names = {bare(label), bare(wanted.label)}
        hits = [one for one in self.left if bare(one.label) in names]
        others = {bare(one.label) for one in self.form.fields}
        hits = hits or [one for one in self.left if core(one.label) == core(label) and bare(one.label) not in others]
        hits = hits or [one for one in self.left if block and bare(label) in bare(one.label)]
        hits = hits or [one for one in self.left if wanted.kind == "agree" and bare(one.label).startswith(bare(label))]
        hits.sort(key=lambda one: bool(block) and bare(block) not in bare(one.group + one.label))
        if hits:
            self.left.remove(hits[0])
        return hits[0] if hits else None

    def _one(self, wanted: Field) -> None:
        found, label = self._take(wanted), bare(wanted.label.rpartition(" ")[2])
        within = any(core(one).startswith(core(label)) for one in self.within)
        if found is None and (within or (wanted.kind == "period" and self._parts(label))):
            self.counts["right"] += 1
        elif found is None:
            self._missed(wanted, label)
        elif found.kind.value not in FITS.get(wanted.kind, wanted.kind).split():
            self._note("other kind", f"{wanted.label}: {wanted.kind}, read as {found.kind.value}")
        else:
            self.counts["right"] += 1
            if {bare(one) for one in found.options} != {bare(one) for one in wanted.options}:
                self._note("options differ", f"{wanted.label}: {found.options}")

    def _parts(self, label: str) -> list[FoundQuestion]:
        return [one for one in self.left if bare(one.label).startswith(label) and one.kind.value == "date"]

    def _rows(self, wanted: Field) -> None:
        asked = {bare(one.label): one for one in self.left if one.repeating}
        columns = [asked.get(bare(column)) for column in wanted.options]
        if all(columns):
            self.counts["right"] += 1
            self.left = [one for one in self.left if one not in columns]
            return
        single = {bare(one.label): one for one in self.left}
        gone = [column for column in wanted.options if bare(column) not in single]
        if len(gone) == len(wanted.options):
            self._missed(wanted, bare(wanted.options[0]))
            return
        self._note("other kind", f"{wanted.label}: rows, read as {sorted(single)}")
        self.left = [one for one in self.left if bare(one.label) not in map(bare, wanted.options)]
        if gone and not all(any(bare(column) in one for one in self.listed) for column in gone):
            self._note("lost in silence", f"{wanted.label}: {gone}")

    def _missed(self, wanted: Field, label: str) -> None:
        self._note("missed", wanted.label)
        if not any(label in one for one in self.listed):
            self._note("lost in silence", wanted.label)

    def _part(self, extra: FoundQuestion) -> bool:
        label = bare(extra.label)
        if extra.kind.value == "bank_account" and self.within:
            return True
        if any(bare(one) in label or label in bare(one) for one in self.form.either):
            return True
        return any(label.startswith(bare(one.label.rpartition(" ")[2]) + "(") for one in self.form.fields) or any(
            one.kind == "period" and label.startswith(bare(one.label)) for one in self.form.fields
        )

    def words(self, texts: list[str]) -> None:
        """Count printed words that stand neither in a question, a heading or an option nor in what was left out."""
        told = [self.reading.title, *(skipped.text for skipped in self.reading.skipped)]
        for one in self.reading.questions:
            told += [one.label, one.group, *one.options]
        everything = bare("\n".join(told))
        for text in texts:
            for word in re.split(r"[□・()\s_,、:〒※¥．]+", unicodedata.normalize("NFKC", text)):
                told_of = bare(word) in everything or bare(text) in everything
                if word and not told_of and not PRINTED.fullmatch(word):
                    self._note("words lost", f"{word} ({bare(text)[:30]})")


def judge(form: Form, folder: Path) -> Judge:
    """Draw a form, read it and compare."""
    path = folder / f"{form.name}.{form.suffix}"
    form.draw(path)
    grids = read_grids(path.name, path.read_bytes())
    made = Judge(form, recognise(grids))
    made.run()
    made.words([cell.text for one in grids for cell in one.cells])
    return made


def main() -> None:
    """Print the table of the ten of one set; with ``--why`` also what each figure is made of."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--set", choices=SETS, default="first")
    parser.add_argument("--why", action="store_true")
    chosen = parser.parse_args()
    total: Counter[str] = Counter()
    print("| form (synthetic) | " + " | ".join(COUNTS) + " |\n|" + "---|" * (len(COUNTS) + 1))
    notes: list[str] = []
    with tempfile.TemporaryDirectory() as folder:
        for form in SETS[chosen.set]:
            made = judge(form, Path(folder))
            total += made.counts
            notes += [f"{form.name}: {note}" for note in made.notes]
            print(f"| {form.name} | " + " | ".join(str(made.counts[count]) for count in COUNTS) + " |")
    print("| all | " + " | ".join(str(total[count]) for count in COUNTS) + " |")
    print(f"\nfields right: {total['right'] / total['fields']:.1%}")
    if chosen.why:
        print("\n".join(notes))


if __name__ == "__main__":
    main()
