"""Publish checks 公開前の点検: finds the defects that keep a document from being published."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from todoke.formbuilder.document.condition_paths import ConditionPaths, conditions_of, dependencies_of
from todoke.formbuilder.document.conditions import Condition
from todoke.formbuilder.document.formulas import Formula
from todoke.formbuilder.document.structure import KIND_LABELS, Document, Group, Question, QuestionKind, Required
from todoke.runtime.refusals import Refused

LONGEST_CHAIN = 50
COUNTED = frozenset({QuestionKind.NUMBER, QuestionKind.MONEY, QuestionKind.CALCULATED})
_FITTING: dict[str, frozenset[QuestionKind]] = {
    "is": frozenset(
        {
            QuestionKind.CHOICE,
            QuestionKind.YES_NO,
            QuestionKind.DECLARATION,
            QuestionKind.SHORT_TEXT,
            QuestionKind.NUMBER,
        }
    ),
    "one_of": frozenset({QuestionKind.CHOICE, QuestionKind.CHOICES, QuestionKind.SHORT_TEXT}),
    "includes": frozenset({QuestionKind.CHOICES}),
    "answered": frozenset(QuestionKind) - {QuestionKind.INFORMATION},
    "at_least": COUNTED,
    "at_most": COUNTED,
    "on_or_after": frozenset({QuestionKind.DATE}),
    "before": frozenset({QuestionKind.DATE}),
    "age_under": frozenset({QuestionKind.DATE}),
}


@dataclass(frozen=True)
class PublishDefect:
    """公開できない理由: a place in the document, and what to change."""

    place: str
    problem: str

    def __str__(self) -> str:
        return f"{self.place}: {self.problem}"


class NotPublishable(Refused):
    """公開できない様式: carries the defects that the checks found."""

    def __init__(self, defects: list[PublishDefect]) -> None:
        self.defects = defects
        super().__init__("この様式はまだ公開できません。" + " / ".join(map(str, defects[:5])))


def publish_defects(document: Document, on: date) -> list[PublishDefect]:
    """Return every defect of a document; an empty list means that it may be published."""
    broken = [*_empty(document), *_dead(document), *_unfounded(document)] or [*_betraying(document)]
    if broken:
        return broken
    circle = _circle(document)
    if circle:
        names = " → ".join(f"「{document.question(question_id).label}」" for question_id in circle)
        noun = "表示条件や計算式" if any(document.question(one).formula for one in circle) else "表示条件"
        return [
            PublishDefect(f"設問「{document.question(circle[0]).label}」", f"{noun}が堂々めぐりしています: {names}")
        ]
    return [*_too_long(document)] or [*_untried(document, on)]


def _empty(document: Document) -> Iterator[PublishDefect]:
    for page in document.pages:
        for group in page.groups:
            if not group.questions:
                place = f"ページ「{page.title}」" + (f"のまとまり「{group.title}」" if group.title else "")
                yield PublishDefect(place, "設問がありません。設問を加えるか、消してください。")


def conditions_in(document: Document) -> Iterator[tuple[str, Condition]]:
    """Yield every condition of a document with the place where it stands."""
    for page in document.pages:
        if page.when:
            yield f"ページ「{page.title}」", page.when
        for group in page.groups:
            if group.when:
                yield f"ページ「{page.title}」のまとまり「{group.title or group.id}」", group.when
            for question in group.questions:
                if question.when:
                    yield f"設問「{question.label}」", question.when
                for node in question.formula.nodes() if question.formula else ():
                    if node.when is not None:
                        yield f"設問「{question.label}」の計算式", node.when
    for stop in document.stops:
        yield f"対象外なら止まる「{stop.words[:20]}」", stop.when
    for paper in document.papers:
        if paper.when:
            yield f"書類「{paper.label}」", paper.when


def _dead(document: Document) -> Iterator[PublishDefect]:
    for place, condition in conditions_in(document):
        for leaf in condition.leaves():
            if not document.knows(leaf.question):
                yield PublishDefect(place, f"表示条件が、ない設問({leaf.question})を見ています。")
                continue
            yield from (PublishDefect(place, problem) for problem in _misfit(leaf, document.question(leaf.question)))
    for _, group, question in document.by_id.values():
        other = document.by_id.get(question.not_before)
        if question.not_before and (other is None or other[2].kind is not QuestionKind.DATE):
            yield PublishDefect(
                f"設問「{question.label}」", "「この日より前は受け付けない」に、日付の設問を選んでください。"
            )
        for node in question.formula.nodes() if question.formula else ():
            yield from (
                PublishDefect(f"設問「{question.label}」", problem) for problem in _miscalculated(document, group, node)
            )


def _unfounded(document: Document) -> Iterator[PublishDefect]:
    """Yield every My Number that is asked without the basis in law that allows it."""
    for question_id in () if document.my_number_basis.strip() else document.by_id:
        question = document.question(question_id)
        if question.kind is QuestionKind.MY_NUMBER:
            problem = "個人番号は、番号法に根拠のある手続だけで聞けます。「全体と案内」に根拠を書いてください。"
            yield PublishDefect(f"設問「{question.label}」", problem)


def _betraying(document: Document) -> Iterator[PublishDefect]:
    """Yield every question of the applicant's that would show, by its being there, what only staff wrote."""
    for question_id, (_, _, question) in document.by_id.items():
        if question.required is Required.STAFF:
            continue
        for other in sorted(dependencies_of(document, question_id)):
            if document.question(other).required is Required.STAFF:
                label = document.question(other).label
                problem = f"申請者の設問の表示条件や計算式では、職員だけが記入する設問「{label}」を使えません。"
                yield PublishDefect(f"設問「{question.label}」", problem)


def _miscalculated(document: Document, own: Group, node: Formula) -> Iterator[str]:
    """Yield why one node of a formula cannot be computed where it stands."""
    if node.op == "rows":
        groups = {group.id: group for page in document.pages for group in page.groups}
        if node.group not in groups or groups[node.group].repeat is None:
            yield f"計算式が、繰り返さないか、なくなったまとまり({node.group})を数えています。"
    if not node.question:
        return
    if node.question not in document.by_id:
        yield f"計算式が、ない設問({node.question})を使っています。"
        return
    _, group, question = document.by_id[node.question]
    if question.kind not in (frozenset({QuestionKind.DATE}) if node.op == "age" else COUNTED):
        yield f"計算式に、設問「{question.label}」の種類({KIND_LABELS[question.kind]})は使えません。"
    elif group.repeat is not None and group.id != own.id and node.op != "total":
        yield f"設問「{question.label}」は繰り返されます。計算式では「{question.label}」の合計と書いてください。"


def _misfit(leaf: Condition, question: Question) -> Iterator[str]:
    if question.kind not in _FITTING[leaf.op]:
        yield f"表示条件の比べ方が、設問「{question.label}」の種類に合いません。"
        return
    options = question.option_values()
    for value in leaf.value if isinstance(leaf.value, tuple) else (leaf.value,):
        if options and isinstance(value, str) and value not in options:
            yield f"表示条件が、設問「{question.label}」にない選択肢({value})を見ています。"


def _circle(document: Document) -> list[str]:
    """Return the ids of a circle of conditions, or an empty list."""
    looks_at, done = _sights(document), set[str]()
    for start in document.by_id:
        trail, pending = [start], [iter(looks_at[start])]
        while trail and start not in done:
            following = next(pending[-1], None)
            if following is None:
                done.add(trail.pop())
                pending.pop()
            elif following in trail:
                return [*trail[trail.index(following) :], following]
            elif following not in done:
                trail.append(following)
                pending.append(iter(looks_at[following]))
    return []


def _sights(document: Document) -> dict[str, list[str]]:
    """Return which questions each question's conditions and formula look at."""
    return {question_id: sorted(dependencies_of(document, question_id)) for question_id in document.by_id}


def _too_long(document: Document) -> Iterator[PublishDefect]:
    """Yield the question at which a chain of conditions without circles grows longer than is allowed."""
    looks_at = _sights(document)
    level = set(document.by_id)
    for _ in range(LONGEST_CHAIN):
        level = {other for question_id in level for other in looks_at[question_id]}
    for question_id in sorted(level)[:1]:
        label = document.question(question_id).label
        yield PublishDefect(
            f"設問「{label}」", f"表示条件の連なりが{LONGEST_CHAIN}段を超えています。短くしてください。"
        )


def _untried(document: Document, on: date) -> Iterator[PublishDefect]:
    branches = ConditionPaths(document, on)
    for page in document.pages:
        reached = False
        for _, question in page.questions():
            shown = bool(branches.cases_showing(question.id))
            reached = reached or shown
            if not shown:
                yield PublishDefect(
                    f"ページ「{page.title}」の設問「{question.label}」",
                    "どのように答えても表示されません。表示条件を直すか、設問を消してください。",
                )
            elif conditions_of(document, question.id) and branches.case_hiding(question.id) is None:
                yield PublishDefect(
                    f"ページ「{page.title}」の設問「{question.label}」",
                    "どのように答えても表示されます。表示条件は要りません。",
                )
        if not reached:
            yield PublishDefect(f"ページ「{page.title}」", "このページに行き着く答え方がありません。")
