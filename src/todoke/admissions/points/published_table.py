"""Published table 公表する表: a rule document as the table that is published, and what differs between two."""

from dataclasses import dataclass

from todoke.admissions.points.rule_document import (
    ABOUT,
    COMBINES,
    DIRECTIONS,
    FREED_SEATS,
    SIBLINGS,
    SINGLES,
    TAKES,
    PointRow,
    RuleDocument,
)
from todoke.formbuilder.document.conditions import condition_sentence

HONESTY = "希望順位で優先が変わるため、正直に書くと損をする世帯が出ます。"


@dataclass(frozen=True)
class TableRow:
    """表の行: the words of a row, its condition as a sentence, and its points or rank."""

    id: str
    label: str
    when: str
    points: str


@dataclass(frozen=True)
class TableSection:
    """表の区分: a heading, how its rows are counted, and the rows."""

    title: str
    note: str
    rows: tuple[TableRow, ...]


def sections_of(rules: RuleDocument) -> list[TableSection]:
    """Return the sections of the published table: base points, adjustments, facilities, ties."""
    found = [
        TableSection(group.title, _group_note(group.take, group.about, group.cap), tuple(_rows(rules, group.rows)))
        for group in rules.groups()
    ]
    if rules.facility_rows:
        rows = tuple(TableRow(row.id, row.label, "", _signed(row.points)) for row in rules.facility_rows)
        found.append(TableSection("施設ごとの加点", "その施設を希望するときだけ加える", rows))
    ties = tuple(
        TableRow(tie.id, f"{number}. {tie.label}", "、".join(row.label for row in tie.rows), DIRECTIONS[tie.direction])
        for number, tie in enumerate(rules.ties, 1)
    )
    if ties:
        found.append(TableSection("同点のときの順", "上から順に比べ、最後は抽選(児童ごとに一つの番号)", ties))
    return found


def _group_note(take: str, about: str, cap: int | None) -> str:
    limit = f"。上限は{cap}点" if cap is not None else ""
    return f"{ABOUT[about]}ごと。{TAKES[take]}を数える{limit}"


def _rows(rules: RuleDocument, rows: tuple[PointRow, ...]) -> list[TableRow]:
    return [TableRow(row.id, row.label, sentence_of(rules, row), row.rank or _signed(row.points)) for row in rows]


def sentence_of(rules: RuleDocument, row: PointRow) -> str:
    """Return the condition of a row as a sentence."""
    facts = rules.by_id
    return condition_sentence(
        row.when,
        lambda key: facts[key].label if key in facts else key,
        lambda key, value: facts[key].text(value) if key in facts else value,
    )


def _signed(points: int) -> str:
    return f"{points:+d}" if points < 0 else str(points)


def how_counted(rules: RuleDocument) -> list[str]:
    """Return how guardians, single guardians and siblings are counted, as sentences."""
    single = f"({rules.single_points}点)" if rules.single == "fixed" else ""
    said = [
        f"保護者が二人のとき: {COMBINES[rules.combine]}",
        f"保護者が一人のとき: {SINGLES[rules.single]}{single}",
        f"きょうだいの点数が違うとき: {SIBLINGS[rules.siblings]}",
        f"施設ごとの最低点は、決まった児童が{rules.publish_from}人以上のときだけ公表する",
        f"余った席と辞退で空いた席: {FREED_SEATS[rules.freed_seats]}",
    ]
    if any(tie.uses_wish_rank for tie in rules.ties):
        said.append(HONESTY)
    return said


def changes_between(before: RuleDocument, after: RuleDocument) -> list[str]:
    """Return, in sentences, the rows that are new, gone or worth something else, and what counts otherwise."""
    old = {row.id: row for row in before.rows()}
    new = {row.id: row for row in after.rows()}
    said = [f"新しい行: {row.label}({_signed(row.points)}点)" for key, row in new.items() if key not in old]
    said += [f"なくなる行: {row.label}({_signed(row.points)}点)" for key, row in old.items() if key not in new]
    for key, row in new.items():
        was = old.get(key)
        if was is None:
            continue
        if was.points != row.points:
            said.append(f"点数が変わる行: {row.label}({_signed(was.points)}点から{_signed(row.points)}点)")
        if was.when != row.when:
            said.append(f"条件が変わる行: {row.label}({sentence_of(before, was)}から、{sentence_of(after, row)})")
    counted = zip(how_counted(before), how_counted(after), strict=False)
    said += [f"数え方が変わる: {now}" for then, now in counted if then != now]
    if [tie.label for tie in before.ties] != [tie.label for tie in after.ties]:
        said.append(f"同点のときの順が変わる: {'、'.join(tie.label for tie in after.ties) or 'なし'}")
    return said
