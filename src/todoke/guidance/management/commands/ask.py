"""``./todoke ask CORPUS.json QUERIES.json``: which answers of a file fit which questions, in words or as JSON."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from todoke.file_validation.bounded_read import ReadLimits, read_within
from todoke.guidance.faqs.answer_order import SHOWN, rank
from todoke.guidance.faqs.memory_index import MemoryIndex
from todoke.guidance.faqs.question_files import read_corpus, read_questions
from todoke.japanese.embeddings import embedder
from todoke.runtime.refusals import Unreadable

LIMITS = ReadLimits(seconds=1200, megabytes=2000)


def answer_all(corpus: bytes, questions: bytes, most: int, by_words: bool) -> dict[str, Any]:
    """Return for each question the ids with their scores, best first, and whether the first would be opened.

    Raises Unreadable.
    """
    texts, asked = read_corpus(corpus), read_questions(questions)
    keys, found = list(texts), dict[str, Any]()
    index = MemoryIndex(list(texts.values()), None if by_words else embedder())
    for name, text in asked.items():
        ranking = rank(index.signals(text))
        ranked = [{"id": keys[each.document], "score": round(each.score, 6)} for each in ranking.answers[:most]]
        found[name] = {"ranked": ranked, "direct": ranking.direct}
    return found


class Command(BaseCommand):
    help = "質問ごとに、問答のファイルのどの答えが合うかを、順に示します。"
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("corpus", type=Path, help="問答のファイル(JSON: 番号、質問、答え)")
        parser.add_argument("queries", type=Path, help="質問のファイル(JSON: 番号、文)")
        parser.add_argument("--json", action="store_true", help="JSON で出力")
        parser.add_argument("--most", type=int, default=20, help="一つの質問に示す答えの数(既定 20)")
        parser.add_argument("--words", action="store_true", help="意味ベクトルを使わず、言葉だけで順を決める")

    def handle(self, **options: Any) -> None:
        if options["most"] < 1:
            raise CommandError("--most には、1以上の数を書いてください。")
        try:
            corpus, queries = (options[name].read_bytes() for name in ("corpus", "queries"))
            found = read_within(LIMITS, answer_all, corpus, queries, options["most"], options["words"])
        except OSError as problem:
            raise CommandError(f"ファイルを開けません: {problem.filename}({problem.strerror})") from problem
        except Unreadable as problem:
            raise CommandError(str(problem)) from problem
        if options["json"]:
            self.stdout.write(json.dumps(found, ensure_ascii=False, indent=1))
            return
        for name, each in found.items():
            first = "、".join(f"{row['id']}({row['score']:.2f})" for row in each["ranked"][:SHOWN])
            self.stdout.write(f"{name}: {first or 'ありません'}{'(答えを開いて示す)' if each['direct'] else ''}")
