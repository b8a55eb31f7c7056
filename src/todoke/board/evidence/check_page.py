"""Check page 検査のページ: the defects of a file by rule, with places and repairs."""

from dataclasses import dataclass
from typing import Any

from todoke.accounts.models import User
from todoke.insights.models import DataDefect, ValidationRun
from todoke.insights.open_data.validation_rules import RULES, Level, Rule
from todoke.insights.permissions import KEEP_DATASET

SHOWN = 20
LEVELS = {Level.ERROR: "誤り", Level.WARNING: "注意", Level.NOTE: "参考"}
ORDER = list(Level)


@dataclass(frozen=True)
class RuleFindings:
    """規則ごとの不備: the rule, its places, how many there are, and whether a person has seen them."""

    code: str
    rule: Rule
    count: int
    places: list[DataDefect]
    is_seen: bool

    @property
    def level(self) -> str:
        return LEVELS[self.rule.level]

    @property
    def is_warning(self) -> bool:
        return self.rule.level == Level.WARNING

    @property
    def is_error(self) -> bool:
        return self.rule.level == Level.ERROR

    @property
    def more(self) -> int:
        return self.count - len(self.places)


def check_context(run: ValidationRun, user: User) -> dict[str, Any]:
    """Return the context of the page of one run."""
    seen = set(run.choices.values_list("rule", flat=True))
    by_rule: dict[str, list[DataDefect]] = {}
    for each in run.defects.all():
        by_rule.setdefault(each.rule, []).append(each)
    ordered = sorted(run.counts, key=lambda code: (ORDER.index(RULES[code].level), code))
    found = [
        RuleFindings(code, RULES[code], run.counts[code], by_rule.get(code, [])[:SHOWN], code in seen)
        for code in ordered
    ]
    return {
        "run": run, "dataset": run.dataset, "findings": found, "source": run.repaired_from,
        "copy": ValidationRun.objects.filter(repaired_from=run).first(), "can_repair": run.is_repairable,
        "can_publish": run.dataset.can_publish(user), "can_keep": KEEP_DATASET.held_by(user, run.dataset.department),
        "warnings": run.count(Level.WARNING), "notes": run.count(Level.NOTE), "unseen": run.unseen,
    }  # fmt: skip
