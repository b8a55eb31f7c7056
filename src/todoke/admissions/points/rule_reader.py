"""Rule reader 基準の読取り: parses a stored rule document and names every fault with its place."""

from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

from todoke.admissions.points import rule_document as words
from todoke.admissions.points.rule_document import FacilityRow, Fact, PointRow, RowGroup, RuleDocument, Tie
from todoke.formbuilder.document.conditions import read_condition
from todoke.formbuilder.document.schema_reader import InvalidDefinition, Reader, read_text

FORMAT = "todoke-admission-rules/1"
MOST_POINTS = 100_000
LIKE_A_RANK = "ランクの間隔が小さすぎます。調整指数の合計がランクを越えないように、間隔を広げてください。"


def read_rules(data: object) -> RuleDocument:
    """Parse a rule document. Raises InvalidDefinition with the path of the first fault."""
    reader = Reader(data, "")
    reader.choice("format", (FORMAT,))
    ranks = reader.items("ranks", read_text, most=20)
    step = reader.number("step", low=1, high=MOST_POINTS) or 0
    row = _row_reader(ranks, step)
    document = RuleDocument(
        title=reader.text("title", required=True),
        basis=reader.text("basis", required=True),
        source=reader.text("source"),
        facts=reader.items("facts", _fact, least=1, most=200),
        base=reader.items("base", lambda part, at: _group(part, at, row, "guardian"), least=1, most=20),
        combine=reader.choice("combine", words.COMBINES),
        single=reader.choice("single", words.SINGLES),
        single_points=reader.number("single_points", low=0, high=MOST_POINTS),
        adjustments=reader.items("adjustments", lambda part, at: _group(part, at, _row_reader((), 0), ""), most=40),
        ranks=ranks,
        step=step,
        facility_rows=reader.items("facility_rows", _facility_row, most=20),
        siblings=reader.choice("siblings", words.SIBLINGS, "own"),
        ties=reader.items("ties", _tie, most=20),
        publish_from=reader.number("publish_from", low=1, high=50) or 3,
        freed_seats=reader.choice("freed_seats", words.FREED_SEATS, "next"),
        notes=reader.text("notes", limit=2000, lines=True),
    )
    reader.reject_unknown_keys()
    for place, problem in _faults(document):
        raise InvalidDefinition(place, problem)
    return document


def _fact(data: object, place: str) -> Fact:
    reader = Reader(data, place)
    options = reader.get("options", {})
    fact = Fact(
        id=reader.identifier(),
        label=reader.text("label", required=True),
        about=reader.choice("about", words.ABOUT),
        kind=reader.choice("kind", words.KINDS),
        origin=reader.choice("origin", words.ORIGINS, "form"),
        question=reader.text("question"),
        unit=reader.text("unit", limit=10),
        options={str(key): str(value) for key, value in dict(options).items()},
    )
    reader.reject_unknown_keys()
    return fact


def _row_reader(ranks: tuple[str, ...], step: int) -> Callable[[object, str], PointRow]:
    """Return the parser of a row: points as written, or those of the rank's letter, the last rank giving none."""

    def read(data: object, place: str) -> PointRow:
        reader = Reader(data, place)
        rank = reader.choice("rank", ranks) if ranks else ""
        given = reader.number("points", low=-MOST_POINTS, high=MOST_POINTS)
        points = (len(ranks) - 1 - ranks.index(rank)) * step if rank else given
        if points is None:
            raise InvalidDefinition(reader.path("points"), "点数を書いてください。")
        row = PointRow(
            id=reader.identifier(),
            label=reader.text("label", required=True),
            when=read_condition(reader.get("when"), reader.path("when")),
            points=points,
            rank=rank,
        )
        reader.reject_unknown_keys()
        return row

    return read


def _group(data: object, place: str, row: Callable[[object, str], PointRow], about: str) -> RowGroup:
    reader = Reader(data, place)
    group = RowGroup(
        id=reader.identifier(),
        title=reader.text("title", required=True),
        about=reader.choice("about", words.ABOUT, about),
        take=reader.choice("take", words.TAKES),
        rows=reader.items("rows", row, least=1, most=100),
        cap=reader.number("cap", low=0, high=MOST_POINTS),
    )
    reader.reject_unknown_keys()
    return group


def _facility_row(data: object, place: str) -> FacilityRow:
    reader = Reader(data, place)
    points = reader.number("points", low=-MOST_POINTS, high=MOST_POINTS)
    if points is None:
        raise InvalidDefinition(reader.path("points"), "点数を書いてください。")
    row = FacilityRow(reader.identifier(), reader.text("label", required=True), reader.identifier("fact"), points)
    reader.reject_unknown_keys()
    return row


def _tie(data: object, place: str) -> Tie:
    reader = Reader(data, place)
    months: dict[str, Any] = dict(reader.get("by_month", {}))
    tie = Tie(
        id=reader.identifier(),
        label=reader.text("label", required=True),
        direction=reader.choice("direction", words.DIRECTIONS, words.ASCENDING),
        fact=reader.text("fact"),
        by_month={int(month): str(fact) for month, fact in months.items()},
        rows=reader.items("rows", _place_row, most=60),
        uses_wish_rank=reader.flag("uses_wish_rank"),
    )
    reader.reject_unknown_keys()
    return tie


def _place_row(data: object, place: str) -> PointRow:
    """A row of an order of precedence: its place in the table is what counts."""
    reader = Reader(data, place)
    when = read_condition(reader.get("when"), reader.path("when"))
    row = PointRow(reader.identifier(), reader.text("label", required=True), when, 0)
    reader.reject_unknown_keys()
    return row


def _faults(document: RuleDocument) -> Iterator[tuple[str, str]]:
    given = [row.id for row in document.rows()] + [row.id for row in document.facility_rows]
    names = Counter(given + [row.id for tie in document.ties for row in tie.rows])
    for name, times in names.items():
        if times > 1:
            yield "rows", f"行の識別子「{name}」が{times}回使われています。"
    yield from _unknown_facts(document, {fact.id for fact in document.facts})
    if document.single == "fixed" and document.single_points is None:
        yield "single_points", "保護者が一人のときの点数を書いてください。"
    if document.ranks and document.step <= spread(document):
        yield "step", LIKE_A_RANK


def _unknown_facts(document: RuleDocument, known: set[str]) -> Iterator[tuple[str, str]]:
    places = [*document.rows(), *(row for tie in document.ties for row in tie.rows)]
    for row in places:
        for question in row.when.questions():
            if question not in known:
                yield f"rows.{row.id}", f"知らない事実「{question}」を使っています。"
    for each in document.facility_rows:
        if each.fact not in known:
            yield f"facility_rows.{each.id}", f"知らない事実「{each.fact}」を使っています。"
    for tie in document.ties:
        used = {*tie.by_month.values(), tie.fact} - {""}
        if not (used or tie.rows or tie.uses_wish_rank) or used - known:
            yield f"ties.{tie.id}", "比べる事実か、優先順位の表を書いてください。"
        if tie.by_month and set(tie.by_month) != set(range(1, 13)):
            yield f"ties.{tie.id}.by_month", "1月から12月まですべてに、使う事実を書いてください。"


def spread(document: RuleDocument) -> int:
    """Return by how much adjustments can differ at most, so that a step of ranks can be wider."""
    highest = sum(max(0, row.points) for group in document.adjustments for row in group.rows)
    lowest = sum(min(0, row.points) for group in document.adjustments for row in group.rows)
    return highest - lowest + sum(abs(row.points) for row in document.facility_rows)
