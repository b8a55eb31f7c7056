"""``./todoke minutes FILE [--json]``: extract speeches, agenda and candidates from minutes and print them."""

import json
from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from todoke.file_validation.bounded_read import read_bounded
from todoke.meetings.minutes.extract import extract_bytes
from todoke.runtime.refusals import Unreadable

KINDS = {"decision": "決定", "commitment": "宿題", "request": "要望", "continued": "継続"}
NOTHING = (
    "会議録と判断できる手掛かり(発言者、議題、決定や宿題)が見つかりません。会議録のファイルかどうか確かめてください。"
)


class Command(BaseCommand):
    help = "会議録(テキスト、DOCX、PDF、JSON)から、発言者、議題、決定・宿題・要望・継続の候補を読み取ります。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="会議録のファイル")
        parser.add_argument("--json", action="store_true", help="JSONで出力する")
        parser.add_argument("--date", type=date.fromisoformat, help="会議録に開催日がないときの開催日(YYYY-MM-DD)")

    def handle(self, *args: Any, **options: Any) -> None:
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
