"""``./todoke doctor``: run the health checks; exit code 0 when all are fine, 1 with warnings, 2 when critical."""

import json
import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from todoke.continuity.checks import GROUPS
from todoke.continuity.health_checks import CheckState, run_checks, worst_state

CODES = {CheckState.OK: 0, CheckState.WARNING: 1, CheckState.CRITICAL: 2}
MARKS = {CheckState.OK: "  良好", CheckState.WARNING: "△ 注意", CheckState.CRITICAL: "× 危険"}


class Command(BaseCommand):
    help = "この環境を点検し、次にすることを示します。何も変えません。終了コードは 0 良好、1 注意あり、2 危険あり。"
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="監視のために JSON で書き出します")
        parser.add_argument("--only-critical", action="store_true", help="注意だけなら終了コードを 0 にします")

    def handle(self, *args: Any, **options: Any) -> None:
        lines = run_checks(GROUPS)
        if options["json"]:
            told = [
                {"group": x.group, "name": x.name, "state": x.finding.state, "seen": x.finding.seen, "do": x.finding.do}
                for x in lines
            ]
            self.stdout.write(json.dumps(told, ensure_ascii=False, indent=1))
        else:
            group = ""
            for line in lines:
                if line.group != group:
                    group = line.group
                    self.stdout.write(f"\n{group}")
                self.stdout.write(f"{MARKS[line.finding.state]}  {line.name}: {line.finding.seen}")
                if line.finding.do:
                    self.stdout.write(f"          → {line.finding.do}")
            count = {state: sum(line.finding.state is state for line in lines) for state in CheckState}
            self.stdout.write(f"\n{'、'.join(f'{state} {number}' for state, number in count.items())}")
        code = CODES[worst_state(lines)]
        if code > (1 if options["only_critical"] else 0):
            sys.exit(code)
