"""Result sections 決定事項・宿題の欄: lists at the end of minutes of what was decided and who does what by when."""

import re
from datetime import date

from todoke.meetings.minutes.commitment_candidates import CommitmentCandidate
from todoke.meetings.minutes.due import DueDate, find_due
from todoke.meetings.minutes.loader import Line
from todoke.meetings.minutes.owners import BEHIND, owner_of
from todoke.meetings.minutes.sentences import PAGE

HEADS = (
    ("decision", r"決定事項|決まったこと|合意事項|決議事項|承認事項|決定(?:した)?(?:内容|こと)"),
    (
        "commitment",
        r"(?:次回までの?)?(?:宿題|課題と対応|対応事項|実施事項|アクション(?:アイテム|項目)?|T[Oo]D[Oo]|タスク|やること|作業項目|今後の対応)(?:事項)?(?:一覧|リスト)?",
    ),
    ("continued", r"継続(?:検討|審議|協議)?事項|保留事項|懸案事項|検討継続(?:事項)?|未決事項|持ち?越し(?:事項)?"),
    ("request", r"要望事項|意見・要望|依頼事項|指摘事項"),
)
MARKS = r"[■●○◎◆□【\[(<#*・▼▽-]*+"
HEAD = re.compile(
    rf"^\s*+{MARKS}\s*+(?:\d{{1,2}}(?:\s*+[.)、]|\s)\s*+)?(?P<head>"
    + "|".join(f"(?P<{kind}>{words})" for kind, words in HEADS)
    + r")\s*+[】\])>:*]*+\s*+(?:\([^()]{1,20}\))?+\s*+$"
)
BULLET = re.compile(r"^\s*(?:[・•◦●○◎◆■□▪*※→-]|\(?\d{1,2}[.)、]|[①-⑳]|\[[ x]\])\s*")
OTHER = re.compile(r"^\s*(?:[■◆【]|\d{1,2}\s*[.、]\s*\S{2,20}$|[○◎●◆]\s*\S{1,12}(?:長|委員|事務局))")
LONGEST_HEAD = 24
"""Letters of a line that heads the next section with the mark of this one."""
MARK = re.compile(r"^\s*+([■●○◎◆□◇▼▽【\[<#*・])")
OWNER = re.compile(r"(?:担当|責任者|実施者|主体)\s*+[::]?\s*+(?P<owner>[^、。,;()\[\]\s:]{2,20})")
OPEN = re.compile(
    r"保留|先送り|持ち?越|継続(?:審議|審査|協議|検討)|引き続き[^。]{0,12}(?:検討|協議|扱)|結論(?:は|が|に)?(?:出(?:ず|な|て)|至ら)|未定|決まらな"
)
"""What was not settled, though it stands among the decisions."""
WHEN = re.compile(r"(?:期限|期日|〆切|締切|締め切り|納期)\s{0,9}[::]?\s{0,9}(?P<when>[^、。;()\[\]]{2,20})")
LEADING = re.compile(
    r"^(?P<owner>[^\s、。::()]{2,14}(?:課|部|局|室|係|長|委員|事務局|担当|ベンダー|事業者|さん))\s*[::]\s*(?P<what>.+)$"
)


def _columns(line: str) -> tuple[str, str, str]:
    """Split a table row into what, owner, due."""
    cells = [cell.strip() for cell in line.split("\t") if cell.strip()]
    if len(cells) >= 3:
        return cells[-3], cells[-2], cells[-1]
    return line.strip(), "", ""


def _proposal(kind: str, line: Line, on: date | None, next_on: date | None) -> CommitmentCandidate | None:
    what, owner, when = _columns(BULLET.sub("", line.raw, count=1) if "\t" not in line.raw else line.raw)
    if len(re.sub(r"\W", "", what)) < 4 or re.fullmatch(r"(?:内容|項目|担当|期限|なし|特になし)+", what):
        return None
    if behind := BEHIND.search(line.flat):
        owner = behind["owner"]
    elif found := OWNER.search(line.flat):
        owner = found["owner"]
    elif lead := LEADING.match(what):
        owner, what = lead["owner"], lead["what"]
    owner = owner or owner_of(what, kind, "", "", frozenset())
    words = WHEN.search(line.flat)
    due = find_due(when or (words["when"] if words else line.raw), on, next_on)
    if kind == "decision":
        due = DueDate("", None)
    if kind == "decision" and OPEN.search(line.flat):
        kind = "continued"
    return CommitmentCandidate(kind, what, owner, due.text, due.on, line.number, line.number, line.raw.strip())


def _mark(line: Line) -> str:
    found = MARK.match(line.flat)
    return found[1] if found else ""


def _is_row(line: Line) -> bool:
    return bool(BULLET.match(line.flat)) or "\t" in line.raw


def find_result_sections(
    lines: list[Line], on: date | None, next_on: date | None
) -> tuple[list[CommitmentCandidate], frozenset[int]]:
    """Return the candidates of such lists, and the numbers of their lines."""
    found: list[CommitmentCandidate] = []
    taken: set[int] = set()
    kind, mark, outside, blank, begun = "", "", -1, 0, False
    for line in lines:
        head = HEAD.match(line.flat)
        if head:
            kind, blank = next(name for name, _ in HEADS if head[name]), 0
            taken.add(line.number)
            mark, outside, begun = _mark(line), line.indent, False
        elif line.is_blank or PAGE.match(line.flat):
            blank += 1
        elif kind and (
            OTHER.match(line.flat)
            or (blank and begun and not _is_row(line))
            or (begun and line.indent <= outside)
            or (mark and _mark(line) == mark and len(line.flat.strip()) <= LONGEST_HEAD)
        ):
            kind = ""
        elif kind:
            outside = outside if begun or line.indent > outside else -1
            blank, begun = 0, True
            taken.add(line.number)
            proposal = _proposal(kind, line, on, next_on)
            if proposal:
                found.append(proposal)
    return found, frozenset(taken)
