"""Opinion table 意見の表: opinions that a section already has in a table, read for the register and entered at once."""

import hashlib
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from itertools import pairwise

from django.db import transaction
from django.utils import timezone

from todoke.accounts.models import User
from todoke.file_validation.bounded_read import read_bounded
from todoke.japanese.calendar import JAPAN, today
from todoke.japanese.days import parse_cell_date, parse_cell_moment
from todoke.runtime.mail_addresses import is_mail_address, mail_address
from todoke.spreadsheets.headings import Headings
from todoke.spreadsheets.table import Table, read_table
from todoke.voices.answer_workbook import UnreadLine
from todoke.voices.arrival import Channel, Postmark
from todoke.voices.models import CommentReceipt, Consultation, Sender
from todoke.voices.models.comment_receipt import LIMIT, without_individual_numbers

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "text": ("意見", "ご意見", "意見の内容", "ご意見の内容", "意見内容", "ご意見内容", "意見の文", "ご意見・ご提案",
             "意見等", "ご意見等", "本文", "自由記述", "自由意見", "内容"),
    "channel": ("方法", "提出方法", "受付方法", "提出手段"),
    "arrived": ("届いた日時", "受付日時", "受信日時", "提出日時", "送信日時", "回答日時", "登録日時", "タイムスタンプ",
                "届いた日", "受付日", "受信日", "到着日", "提出日", "回答日"),
    "clause": ("段落", "該当箇所", "対象箇所", "意見の箇所", "項目", "章"),
    "person": ("提出者番号", "提出者No", "提出者No.", "提出者ID"),
    "name": ("氏名", "お名前", "名前", "提出者", "提出者名", "氏名・名称", "氏名または名称", "氏名又は名称"),
    "address": ("住所", "ご住所", "所在地", "住所・所在地"),
    "mail": ("メールアドレス", "メール", "電子メール", "Eメール", "E-mail"),
    "kind": ("提出者の区分", "区分", "属性"),
    "stamped": ("収受印の日", "収受日", "収受印"),
    "postmarked": ("消印の日", "消印日", "消印"),
}  # fmt: skip
"""The columns of the table, each with its usual heading and the others that mean the same."""
HEADS = tuple(names[0] for names in COLUMNS.values())
HEADINGS = Headings(
    required=(COLUMNS["text"],),
    known=tuple(name for key, names in COLUMNS.items() if key != "text" for name in names),
    every_row=True,
)
MOST = 500
LONGEST = {"name": 100, "address": 200}
ONE_PERSON = "一人が一度に出した意見なら、「提出者番号」に同じ番号を書くと、一人の一つの受付になります。"
NOON = time(12)
BETWEEN = "\n\n"
CHANNEL_WORDS = (
    (Channel.FAX, ("ファクス", "ファックス", "fax")), (Channel.MAIL, ("メール", "mail")),
    (Channel.POST, ("郵送", "郵便", "はがき", "ハガキ", "封書")), (Channel.ORAL, ("口頭", "説明会")),
    (Channel.HAND, ("持参", "窓口", "来庁", "投函", "意見箱")),
    (Channel.WEB, ("ホームページ", "フォーム", "web", "ウェブ", "ネット", "電子申請", "オンライン")),
)  # fmt: skip
KIND_WORDS = (
    (Sender.Kind.RESIDENT, ("在住", "住む", "住民", "区民", "市民", "町民", "村民")), (Sender.Kind.TAXPAYER, ("納税",)),
    (Sender.Kind.WORKER, ("在勤", "働く", "勤務")), (Sender.Kind.PUPIL, ("在学", "通学", "学校に通う", "学生")),
    (Sender.Kind.OFFICE, ("事務所", "事業所", "事業者", "団体", "法人")), (Sender.Kind.INTERESTED, ("関係",)),
)  # fmt: skip
"""How people write a way and a kind of sender, each with the words by which it is known; the first that fits counts."""


@dataclass(frozen=True)
class ReadOpinion:
    """読んだ受付: one arrival with its opinions, each a clause of the draft and its words; days are ISO 8601.

    ``known`` tells that an arrival of the register has the same way, time, name and words.
    """

    line: int
    channel: str
    arrived_at: str
    parts: tuple[tuple[str, str], ...]
    kind: str = ""
    name: str = ""
    address: str = ""
    mail: str = ""
    stamped_on: str = ""
    postmarked_on: str = ""
    notes: tuple[str, ...] = ()
    known: bool = False

    @property
    def text(self) -> str:
        return BETWEEN.join(words for _, words in self.parts)

    @property
    def channel_label(self) -> str:
        return Channel(self.channel).label

    @property
    def moment(self) -> datetime:
        return datetime.fromisoformat(self.arrived_at)


@dataclass(frozen=True)
class ReadOpinions:
    """読んだ表: the arrivals, the lines that were left out, and what was passed over, in sentences."""

    rows: list[ReadOpinion]
    unread: list[UnreadLine]
    hints: list[str]

    @property
    def fresh(self) -> list[ReadOpinion]:
        return [each for each in self.rows if not each.known]


class _Unfit(Exception):
    """The line cannot be taken; the message says why."""


def read_opinions(
    of: Consultation, content: bytes, *, channel: str, arrived_at: datetime | None = None
) -> ReadOpinions:
    """Return the arrivals of a CSV or Excel file; nothing is entered. Raises Unreadable, Busy.

    ``channel`` and ``arrived_at`` are of the lines that say none themselves. Lines with one 提出者番号, one way and one
    time are one arrival of one person with several opinions.
    """
    table = read_bounded(read_table, content, [HEADINGS], most=MOST, cells=MOST * 60)
    reader = _Reader(of, channel, arrived_at)
    found, unread = dict[tuple[str, ...], ReadOpinion](), list[UnreadLine]()
    for line, cells in _cells(table):
        try:
            row = reader.row(line, cells)
        except _Unfit as problem:
            unread.append(UnreadLine(line, str(problem)))
            continue
        key = (cells["person"], row.channel, row.arrived_at) if cells["person"] else (f"line {line}",)
        if key in found:
            row = replace(found[key], parts=found[key].parts + row.parts, notes=found[key].notes + row.notes)
        found[key] = row
    rows = [each for each in found.values() if len(each.text) <= LIMIT]
    unread += [
        UnreadLine(each.line, f"意見の文が{LIMIT:,}字を超えています。") for each in found.values() if each not in rows
    ]
    return ReadOpinions(_marked(of, rows), unread, _hints(table, rows))


def _cells(table: Table) -> Iterator[tuple[int, dict[str, str]]]:
    for line, cells in table.records():
        given = {key: next((cells[n] for n in names if cells.get(n)), "") for key, names in COLUMNS.items()}
        if any(given.values()):
            yield line, given


def _hints(table: Table, rows: Sequence[ReadOpinion]) -> list[str]:
    """Return what was passed over: other sheets, columns that nobody reads, and people who may be one."""
    hints = table.passed_over({name for names in COLUMNS.values() for name in names})
    people = Counter((each.name, each.address, each.mail) for each in rows if each.name)
    if again := sum(number > 1 for number in people.values()):
        hints.append(f"氏名と住所が同じ受付が{again}組あります。{ONE_PERSON}")
    return hints


def _key(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())


def _meant(written: str, words: Sequence[tuple[str, Sequence[str]]]) -> str:
    """Return the first code one of whose words stands in what is written, or nothing."""
    plain = _key(written)
    return next((code for code, each in words if any(word in plain for word in each)), "")


class _Reader:
    """Reads the lines of a table for one consultation."""

    def __init__(self, of: Consultation, channel: str, arrived_at: datetime | None) -> None:
        self.of, self.channel, self.arrived_at = of, channel, arrived_at
        self.clauses = dict[str, str]()
        for each in of.texts.get(version=0).clauses.all():
            for name in (str(each), each.number, each.heading, each.body):
                self.clauses.setdefault(_key(name), each.key)

    def row(self, line: int, cells: Mapping[str, str]) -> ReadOpinion:
        """Return what a line says. Raises _Unfit."""
        notes = list[str]()
        if not cells["text"].strip():
            raise _Unfit("意見の文が空です。")
        self._require_fitting(cells)
        moment = self._moment(cells["arrived"], notes)
        return ReadOpinion(
            line, self._channel(cells["channel"]), moment.isoformat(),
            ((self._clause(cells["clause"], notes), cells["text"].strip()),),
            kind=_meant(cells["kind"], KIND_WORDS), name=cells["name"], address=cells["address"],
            mail=mail_address(cells["mail"]), stamped_on=self._day(cells["stamped"], "収受印の日"),
            postmarked_on=self._day(cells["postmarked"], "消印の日"), notes=tuple(notes),
        )  # fmt: skip

    def _require_fitting(self, cells: Mapping[str, str]) -> None:
        if self.of.rule.name_required and not cells["name"]:
            raise _Unfit(f"{self.of.rule.title}では、氏名が必要です。")
        for key, most in LONGEST.items():
            if len(cells[key]) > most:
                raise _Unfit(f"{COLUMNS[key][0]}が{most}字を超えています。")
        if cells["mail"] and not is_mail_address(cells["mail"]):
            raise _Unfit(f"メールアドレス「{cells['mail'][:60]}」の形が違います。直すか、空にしてください。")

    def _channel(self, written: str) -> str:
        labels = {label: code for code, label in Channel.choices}
        code = labels.get(written) or _meant(written, CHANNEL_WORDS) if written else self.channel
        if not code and not written:
            raise _Unfit("方法がありません。表に書くか、方法の書いていない行の方法を選んでください。")
        if not code:
            names = "、".join(labels)
            raise _Unfit(f"方法「{written[:30]}」は読めません。次のどれかを書いてください: {names}")
        if code == Channel.ORAL:
            raise _Unfit("説明会で話された意見は、説明会のページで、話した人に文を確かめてから登録します。")
        return code

    def _moment(self, written: str, notes: list[str]) -> datetime:
        """Return when a line arrived: a day without a time is noon. Raises _Unfit."""
        found = parse_cell_moment(written) if written else self.arrived_at
        if found is None:
            raise _Unfit(f"届いた日時「{written[:30]}」は読めません。例: 2027年4月1日 9:30" if written
                         else "届いた日時がありません。表に書くか、日時のない行の日時を入れてください。")  # fmt: skip
        if written and found.time() == time():
            found = datetime.combine(found.date(), NOON, found.tzinfo)
            notes.append("時刻がないので、正午とします")
        found = found if found.tzinfo else found.replace(tzinfo=JAPAN)
        if timezone.localdate(found) > today():
            raise _Unfit(
                f"届いた日時「{(written or str(found))[:30]}」は、まだ来ていない日です。年を確かめてください。"
            )
        if found.astimezone(JAPAN).date() < self.of.opens_on:
            notes.append("公示の日より前です。年を確かめてください")
        return found

    def _day(self, written: str, label: str) -> str:
        day: date | None = parse_cell_date(written) if written else None
        if written and day is None:
            raise _Unfit(f"{label}「{written[:30]}」は、日付として読めません。")
        return day.isoformat() if day else ""

    def _clause(self, written: str, notes: list[str]) -> str:
        if not written:
            return ""
        key = self.clauses.get(_key(written), "")
        if not key:
            notes.append(f"段落「{written[:30]}」は案にないので、案の全体への意見とします")
        return key


def _marked(of: Consultation, rows: list[ReadOpinion]) -> list[ReadOpinion]:
    """Return the rows, those marked that the register has already, as often as it has them."""
    moments = [each.moment for each in rows]
    stored = of.receipts.filter(arrived_at__in=moments).select_related("comment__sender")
    before = Counter((each.channel, each.arrived_at, each.comment.sender.name, each.text) for each in stored)
    found = list[ReadOpinion]()
    for each in rows:
        key = (each.channel, each.moment, each.name, without_individual_numbers(each.text)[0])
        before[key] -= 1
        found.append(replace(each, known=before[key] >= 0))
    return found


@transaction.atomic
def enter_opinions(of: Consultation, rows: Sequence[ReadOpinion], *, batch: str, by: User) -> int:
    """表からの受付: register the arrivals of a table, all or none; return how many.

    The same ``batch``, a secret of the table, enters each line once. Raises NotAllowed, Refused.
    """
    of.require_open(by)
    for each in rows:
        token = hashlib.blake2b(str(each.line).encode(), key=batch.encode()[:64], digest_size=16).hexdigest()
        sender = {"kind": each.kind, "name": each.name, "address": each.address, "mail": each.mail}
        receipt = CommentReceipt.receive(
            of, channel=each.channel, text=each.text, by=by, token=token, arrived_at=each.moment, sender=sender,
            clause=each.parts[0][0], stamped_on=_iso(each.stamped_on), postmarked_on=_iso(each.postmarked_on),
            postmark=Postmark.CLEAR if each.postmarked_on else Postmark.NONE,
        )  # fmt: skip
        _cut(receipt, each.parts, by=by)
    return len(rows)


def _iso(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _cut(receipt: CommentReceipt, parts: Sequence[tuple[str, str]], *, by: User) -> None:
    """Cut the comment of an arrival where each of its opinions begins."""
    points = list(receipt.comment.points.all())
    if len(points) > 1:
        return
    point, at = points[0], 0
    point.consultation = receipt.consultation
    for (_, before), (clause, words) in pairwise(parts):
        at += len(without_individual_numbers(before)[0]) + len(BETWEEN)
        if receipt.comment.text.startswith(without_individual_numbers(words)[0], at):
            point = point.cut(at, clause=clause, by=by)
