"""``./todoke minutes FILE [--json]``: extract speeches, agenda and candidates from minutes and print them.

``./todoke minutes --learn`` learns from what people said of candidates, prints before and after, and adopts nothing.
"""

import json
from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from todoke.accounts.actors import System
from todoke.file_validation.bounded_read import read_bounded
from todoke.meetings.learning.judged_rows import RowCounts, judged_rows
from todoke.meetings.learning.municipal_fit import Agreement, Comparison
from todoke.meetings.learning.trials import make_trial
from todoke.meetings.minutes.extract import extract_bytes
from todoke.runtime.refusals import Refused, Unreadable

KINDS = {"decision": "決定", "commitment": "宿題", "request": "要望", "continued": "継続"}
NOTHING = (
    "会議録と判断できる手掛かり(発言者、議題、決定や宿題)が見つかりません。会議録のファイルかどうか確かめてください。"
)
NO_FILE = "会議録のファイルを指定してください。確かめた候補から学習するときは --learn を付けてください。"
ADOPTING = "まだ使われていません。採用は「会議」の「読取りの学習」で、人が決めます。"


def _shares(found: Agreement) -> str:
    return f"{found.hits:4d}/{found.wanted:<4d} {found.right:4d}/{found.proposed:<4d}"


def comparison_lines(compared: list[Comparison]) -> list[str]:
    """Return before and after of each of the minutes, and of all together, as lines of a table."""
    whole = Comparison(
        "合計",
        sum((each.before for each in compared), Agreement()),
        sum((each.after for each in compared), Agreement()),
    )
    heads = "付属: 見つけた/あるもの 正しい/候補 → 学習後(その会議録を除いて学習): 同じ"
    return [heads, *(f"{_shares(each.before)} → {_shares(each.after)} {each.title}" for each in [*compared, whole])]


class Command(BaseCommand):
    help = (
        "会議録(テキスト、DOCX、PDF、JSON)から、発言者、議題、決定・宿題・要望・継続の候補を読み取ります。"
        "--learn は、確かめた候補から学習して前と後を比べます。"
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, nargs="?", help="会議録のファイル")
        parser.add_argument("--learn", action="store_true", help="確かめた候補から学習し、前と後を比べる(採用はしない)")
        parser.add_argument("--json", action="store_true", help="JSONで出力する")
        parser.add_argument("--date", type=date.fromisoformat, help="会議録に開催日がないときの開催日(YYYY-MM-DD)")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["learn"]:
            return self._learn()
        if options["file"] is None:
            raise CommandError(NO_FILE)
        return self._read(options)

    def _learn(self) -> None:
        counts = RowCounts.of(judged_rows())
        said = "、".join(f"{origin.value} {number}行" for origin, number in counts.by_origin.items())
        self.stdout.write(f"会議録 {counts.minutes}件、確かめた行 {counts.rows}行({said})")
        try:
            made, compared = make_trial(by=System())
        except Refused as error:
            raise CommandError(str(error)) from error
        for line in comparison_lines(compared):
            self.stdout.write(line)
        self.stdout.write(f"{made}(試し、照合値 {made.digest[:12]})。{ADOPTING}")

    def _read(self, options: dict[str, Any]) -> None:
        try:
            found = read_bounded(extract_bytes, options["file"].read_bytes(), options["date"])
        except FileNotFoundError as error:
            raise CommandError(f"{options['file']} が見つかりません。ファイルの場所を確かめてください。") from error
        except OSError as error:
            raise CommandError(f"{options['file']} を開けません。会議録のファイルを一つ指定してください。") from error
        except Unreadable as error:
            raise CommandError(str(error)) from error
        if not (found["turns"] or found["proposals"] or found["agenda"]):
            self.stderr.write(NOTHING)
        if options["json"]:
            self.stdout.write(json.dumps(found, ensure_ascii=False, indent=2))
            return
        self.stdout.write(f"{found['title']} {found['date'] or '開催日不明'}")
        self.stdout.write(
            f"発言 {len(found['turns'])}件、発言者 {len(found['speakers'])}人: {'、'.join(found['speakers'])}"
        )
        for item in found["agenda"]:
            self.stdout.write(f"議題 {item['line']}行目 {item['number']} {item['title']}")
        for each in found["proposals"]:
            due = f"(期限: {each['due_text']} → {each['due'] or '未確定'})" if each["due_text"] else ""
            self.stdout.write(f"{KINDS[each['kind']]} {each['line']}行目 {each['owner']} {each['what']}{due}")
        for defect in found["defects"]:
            self.stdout.write(f"要確認 {defect['line']}行目 {defect['message']} 「{defect['quote']}」")
