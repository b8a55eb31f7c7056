"""``./todoke admissions FILE``: a round placed, or a result of any program checked, or a what-if."""

import json
from argparse import ArgumentParser
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from todoke.admissions.audit_bundle import bundled
from todoke.admissions.checker import check
from todoke.admissions.child_placement import Run, place, what_if
from todoke.admissions.difference import Side, difference
from todoke.admissions.document_files import write_together
from todoke.admissions.instance import Instance, InvalidInstance
from todoke.admissions.instance_reader import canonical_bytes, fault_lines, read_document, read_instance
from todoke.admissions.result_reader import read_explanations, read_result
from todoke.runtime.refusals import Unreadable

OUTPUTS: dict[str, tuple[str, Callable[[Run], bytes]]] = {
    "result": ("結果", lambda run: canonical_bytes(run.result)),
    "report": ("検算の報告", lambda run: canonical_bytes(run.report)),
    "explain": ("理由の説明", lambda run: canonical_bytes(run.explanations)),
    "certificate": ("証明書", lambda run: canonical_bytes(run.certificate)),
    "bundle": ("監査一式(zip)", bundled),
}


class Command(BaseCommand):
    help = "利用調整の選考を計算・検算します。終了コードは 0 規則どおり、1 規則違反、2 読めない入力。"
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("instance", type=Path, help="選考の入力(JSON、.gz も可)")
        for name, (term, _) in OUTPUTS.items():
            parser.add_argument(f"--{name}", type=Path, help=f"{term}を書くファイル")
        parser.add_argument("--no-repair", action="store_true", help="厳密な修正をしない")
        parser.add_argument("--check", type=Path, help="検算する結果(どのプログラムのものでも)")
        parser.add_argument("--explanations", type=Path, help="あわせて検算する理由の説明")
        parser.add_argument("--what-if", type=Path, help="変更(directives、capacity、points)を加えて計算する")
        parser.add_argument("--diff", action="store_true", help="変更の前と後の違いを出力")

    def handle(self, **options: Any) -> None:
        """Run what was asked. Raises CommandError: exit code 1 for a broken rule, 2 for input that cannot be read."""
        if bool(options["explanations"] and not options["check"]) or bool(options["diff"] and not options["what_if"]):
            raise CommandError("--explanations は --check と、--diff は --what-if と一緒に使います。", returncode=2)
        try:
            instance = read_instance(options["instance"].read_bytes())
            if options["check"]:
                broken = self._check(instance, options["check"], options["explanations"])
            else:
                broken = self._place(instance, options)
        except OSError as problem:
            said = f"ファイルを開けません: {problem.filename}({problem.strerror})"
            raise CommandError(said, returncode=2) from problem
        except InvalidInstance as problem:
            raise CommandError(fault_lines(problem.faults), returncode=2) from problem
        except Unreadable as problem:
            raise CommandError(str(problem), returncode=2) from problem
        if broken:
            raise CommandError(broken, returncode=1)

    def _check(self, instance: Instance, result_file: Path, explanations_file: Path | None) -> str:
        """Print the report of a result and return what is broken in it, empty when nothing is."""
        result = read_result(result_file.read_bytes(), instance)
        explanations = read_explanations(explanations_file.read_bytes()) if explanations_file else None
        checked = check(instance.data, result, explanations)
        report = dict(checked.report, input_sha256=instance.sha256)
        if explanations is not None:
            report["explanation_faults"] = checked.explanation_faults
        self.stdout.write(json.dumps(report, ensure_ascii=False, indent=2))
        broken = [f"守られていない規則が{report['hard_violations']}件あります。"] if report["hard_violations"] else []
        return "\n".join([*broken, *checked.explanation_faults])

    def _place(self, instance: Instance, options: dict[str, Any]) -> str:
        """Place the round or its what-if, write what was asked for, and say in a line what came out."""
        named = [options[name].resolve() for name in OUTPUTS if options[name]]
        if len({*named, options["instance"].resolve()}) <= len(named):
            raise CommandError("書き出すファイルの名前が、入力かほかの書き出しと同じです。", returncode=2)
        compute = partial(place, repair=not options["no_repair"])
        changed = what_if(instance, read_document(options["what_if"].read_bytes())) if options["what_if"] else None
        run = compute(changed or instance)
        if changed and options["diff"]:
            before = compute(instance)
            found = difference(Side(instance.data, before.result), Side(changed.data, run.result))
            self.stdout.write(json.dumps(found, ensure_ascii=False, indent=2))
        wanted = {options[name]: make for name, (_, make) in OUTPUTS.items() if options[name]}
        write_together({file: make(run) for file, make in wanted.items()})
        self.stderr.write(
            f"児童{run.report['children']}人、席{run.report['seats']}、"
            f"内定{run.report['new_placed']}人、転園{run.report['transfers_moved']}人。{run.certificate['said']}"
        )
        return "規則に違反する結果になりました。開発者に知らせてください。" if run.report["hard_violations"] else ""
