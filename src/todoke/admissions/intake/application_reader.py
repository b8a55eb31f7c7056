"""Application reader 申込書の読取り: what the answers of an online application say about children, by the mapping."""

import hashlib
import unicodedata
from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from datetime import date

from todoke.admissions.intake.class_by_birth import class_by_birth
from todoke.admissions.models import ChildcareFacility, Household, MappedQuestion, SelectionRound
from todoke.admissions.models.household import MOST_WISHES
from todoke.admissions.points.rule_document import Fact
from todoke.cases.exports.answer_table import form_columns
from todoke.cases.models import Case
from todoke.formbuilder.answer_table.answer_columns import AnswerColumn
from todoke.formbuilder.answer_table.stored_answers import StoredAnswers, read_answers
from todoke.formbuilder.document.structure import QuestionKind
from todoke.offers.models import Offer

CHILD_NAME, CHILD_BIRTH, WISH, CURRENT = "child_name", "child_birth", "wish", "current"
SECOND, SAME, ADDRESS = "second_guardian", "same_facility", "address"
NEEDED = {CHILD_NAME: "児童の氏名", CHILD_BIRTH: "児童の生年月日", WISH: "希望する施設"}
OPTIONAL = {
    CURRENT: "いま通う施設",
    SECOND: "もう一人の保護者がいる",
    SAME: "きょうだいは同じ施設だけを希望する",
    ADDRESS: "住所",
}
JOINED = {
    QuestionKind.NAME: (" ", ("family", "given")),
    QuestionKind.ADDRESS: ("", ("region", "street", "building")),
}


@dataclass
class ReadChild:
    """読み取った児童: one child as the answers say it."""

    row: int
    name: str
    born_on: date | None
    age_class: int
    wishes: list[ChildcareFacility] = field(default_factory=list)
    current: ChildcareFacility | None = None
    facts: list[tuple[str, int, str]] = field(default_factory=list)


@dataclass
class ReadApplication:
    """読み取った申込み: the children of an application, and what does not fit, in words."""

    case: Case
    guardians: int = 1
    address: str = ""
    same: str = str(Household.Same.RANK)
    children: list[ReadChild] = field(default_factory=list)
    facts: list[tuple[str, int, str]] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    @property
    def fingerprint(self) -> str:
        """The hash of everything that was read."""
        children = [
            (each.row, each.name, each.born_on, [wish.code for wish in each.wishes], each.current, each.facts)
            for each in self.children
        ]
        read = (self.guardians, self.address, self.same, self.facts, children)
        return hashlib.sha256(repr(read).encode()).hexdigest()


def plain(text: str) -> str:
    """Return a name as names are compared: one width, no blanks."""
    return "".join(unicodedata.normalize("NFKC", text).split()).casefold()


def columns_by_question(offer: Offer) -> dict[str, AnswerColumn]:
    """Return what the forms of a service ask, by question; a name or an address once."""
    release = offer.releases.order_by("-pk").first()
    if release is None:
        return {}
    return {column.question: column for column in reversed(form_columns(release.form_version.draft).every())}


class ApplicationReader:
    """申込書を読むもの: the mapping of a round's service with its facilities and facts, for all its applications."""

    def __init__(self, of: SelectionRound) -> None:
        self.of = of
        self.mapped: dict[str, list[MappedQuestion]] = defaultdict(list)
        self.columns: dict[str, AnswerColumn] = {}
        if of.offer is not None:
            self.columns = columns_by_question(of.offer)
            for each in MappedQuestion.objects.filter(scheme=of.scheme, offer=of.offer):
                self.mapped[each.target].append(each)
        known = list(of.scheme.facilities.filter(closed_on=None))
        self.facilities = {plain(each.code): each for each in known} | {plain(each.name): each for each in known}
        self.facts = of.rule_version.rules.by_id

    def missing(self) -> list[str]:
        """Return what the mapping must name before anything is read, in words."""
        return [words for target, words in NEEDED.items() if not self.mapped[target]]

    def read(self, cases: Collection[Case]) -> Iterator[ReadApplication]:
        """Yield each application as read."""
        stored = read_answers([case.submission for case in cases])
        for case in cases:
            yield self._application(case, stored[case.submission_id])

    def _application(self, case: Case, answers: StoredAnswers) -> ReadApplication:
        found = ReadApplication(case, address="".join(self._texts(ADDRESS, answers, 0))[:200])
        group = self._group(CHILD_NAME)
        question = self.mapped[CHILD_NAME][0].question
        rows = sorted(row for asked, row in answers.answers if asked == question) if group else [0]
        for number, row in enumerate(rows, 1):
            found.children.append(self._child(found, answers, number, row, group))
        if not found.children:
            found.faults.append("児童の氏名の答えがありません")
        self._around(found, answers)
        return found

    def _around(self, found: ReadApplication, answers: StoredAnswers) -> None:
        """Read what is about the guardians and the household."""
        for target in self.mapped:
            key, _, guardian = target.partition("/")
            fact = self.facts.get(key)
            if fact is not None and guardian and fact.about != "child":
                found.facts += self._fact(found, fact, int(guardian), answers, 0)
        if any(guardian == 2 for _, guardian, _ in found.facts) or self._is_chosen(SECOND, answers, 0):
            found.guardians = 2
        if self._is_chosen(SAME, answers, 0):
            found.same = str(Household.Same.REQUIRED)

    def _child(self, found: ReadApplication, answers: StoredAnswers, number: int, row: int, group: str) -> ReadChild:
        who = f"{number}人目の児童" if group else "児童"
        name = " ".join(self._texts(CHILD_NAME, answers, row))[:100]
        born_on = self._day(CHILD_BIRTH, answers, row)
        child = ReadChild(number, name, born_on, -1)
        if not name or born_on is None:
            found.faults.append(f"{who}の氏名か生年月日が読めません")
        else:
            child.age_class = class_by_birth(born_on, self.of.month, self.of.scheme.kind)
            if child.age_class not in self.of.scheme.classes:
                found.faults.append(f"{who}の生年月日から求めたクラスが、この制度にありません")
        child.wishes = self._wishes(found, answers, row, who)
        for text in self._texts(CURRENT, answers, row)[:1]:
            child.current = self._facility(found, text, f"{who}のいま通う施設")
        for fact in self.facts.values():
            if fact.about == "child" and self.mapped.get(f"{fact.id}/0"):
                child.facts += self._fact(found, fact, 0, answers, row)
        return child

    def _wishes(self, found: ReadApplication, answers: StoredAnswers, row: int, who: str) -> list[ChildcareFacility]:
        texts = self._texts(WISH, answers, row)
        known = [self._facility(found, text, f"{who}の第{rank}希望") for rank, text in enumerate(texts, 1)]
        wishes = [each for each in known if each is not None]
        if not texts:
            found.faults.append(f"{who}の希望する施設の答えがありません")
        if len({each.pk for each in wishes}) < len(wishes):
            found.faults.append(f"{who}の希望に、同じ施設が二度あります")
        if len(wishes) > MOST_WISHES:
            found.faults.append(f"{who}の希望が{MOST_WISHES}か所を超えています")
        return wishes

    def _facility(self, found: ReadApplication, text: str, what: str) -> ChildcareFacility | None:
        facility = self.facilities.get(plain(text))
        if facility is None:
            found.faults.append(f"{what}「{text[:40]}」という施設がありません")
        return facility

    def _fact(
        self, found: ReadApplication, fact: Fact, guardian: int, answers: StoredAnswers, row: int
    ) -> list[tuple[str, int, str]]:
        """Return the value of a fact as a list of one, or nothing; what cannot be a value is a fault."""
        target = f"{fact.id}/{guardian}"
        texts = self._texts(target, answers, row)
        if fact.kind == "yes":
            asked = bool(texts) or self._is_chosen(target, answers, row)
            return [(fact.id, guardian, "yes" if self._is_chosen(target, answers, row) else "no")] if asked else []
        if not texts:
            return []
        if fact.kind == "facilities":
            named = [self._facility(found, text, fact.label) for text in texts]
            return [(fact.id, guardian, ",".join(each.code for each in named if each))] if any(named) else []
        value = texts[0]
        if fact.options:
            value = {plain(label): key for key, label in fact.options.items()}.get(plain(value), "")
        elif fact.kind == "number":
            value = plain(value).replace(",", "")
        if not value or (fact.kind == "number" and not value.lstrip("-").isdecimal()):
            found.faults.append(f"「{fact.label}」の答え「{texts[0][:40]}」が読めません")
            return []
        return [(fact.id, guardian, value)]

    def _group(self, target: str) -> str:
        column = self.columns.get(self.mapped[target][0].question)
        return column.group if column else ""

    def _places(self, question: str, answers: StoredAnswers, row: int) -> list[int]:
        """Return the rows that count for a child in ``row``: its own, the only one, or all of another group."""
        column = self.columns.get(question)
        if column is None or not column.group:
            return [0]
        if column.group == self._group(CHILD_NAME):
            return [row]
        return sorted(place for asked, place in answers.answers if asked == question)

    def _values(self, target: str, answers: StoredAnswers, row: int) -> Iterator[tuple[MappedQuestion, str]]:
        for each in self.mapped.get(target, ()):
            column = self.columns.get(each.question)
            for place in self._places(each.question, answers, row):
                typed = answers.answers.get((each.question, place), ())
                glue, parts = JOINED.get(column.kind, ("", ())) if column else ("", ())
                if parts:
                    by_part = {part: value for part, value, _ in typed}
                    text = glue.join(by_part[part] for part in parts if by_part.get(part))
                    yield from ((each, text),) if text else ()
                else:
                    yield from ((each, normal or value) for _, value, normal in typed if value)

    def _texts(self, target: str, answers: StoredAnswers, row: int) -> list[str]:
        """Return what was answered, in order; a chosen option by its label."""
        found = list[str]()
        for each, value in self._values(target, answers, row):
            column = self.columns.get(each.question)
            found.append(column.options.get(value, value) if column else value)
        return found

    def _is_chosen(self, target: str, answers: StoredAnswers, row: int) -> bool:
        """Return whether the option of the mapping was chosen; yes, where it names none."""
        return any(value == (each.option or "yes") for each, value in self._values(target, answers, row))

    def _day(self, target: str, answers: StoredAnswers, row: int) -> date | None:
        for _, value in self._values(target, answers, row):
            try:
                return date.fromisoformat(value)
            except ValueError:
                return None
        return None
