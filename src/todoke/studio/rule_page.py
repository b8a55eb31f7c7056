"""Rule page 基準のページ: a rule version as the published table beside the points of a sample family."""

import json
from typing import Any

from django.http import QueryDict

from todoke.accounts.models import User
from todoke.admissions.models import RuleDraft, RuleVersion, Scheme
from todoke.admissions.points.evaluator import family_points
from todoke.admissions.points.published_table import changes_between, how_counted, sections_of
from todoke.admissions.points.rule_document import FamilyFacts, RuleDocument
from todoke.studio.forms.admissions import SampleForm

SAMPLE_MONTH = 4


def version_context(version: RuleVersion, data: QueryDict) -> dict[str, Any]:
    """Return the context of one published version, with a sample family from the address."""
    rules, before = version.rules, version.previous
    return {
        "version": version,
        "changes": changes_between(before.rules, rules) if before else [],
        **table_context(rules, data),
    }


def table_context(rules: RuleDocument, data: QueryDict) -> dict[str, Any]:
    """Return the table, how it is counted, and the points of the sample family that an address describes."""
    form = SampleForm(data or None, rules=rules)
    sample = form.family() if data and form.is_valid() else None
    return {
        "rules": rules,
        "sections": sections_of(rules),
        "counted": how_counted(rules),
        "form": form,
        "sample": sample_points(rules, sample) if sample else None,
    }


def sample_points(rules: RuleDocument, family: FamilyFacts) -> dict[str, Any]:
    """Return the points of a sample child: the total and its lines in words."""
    points = family_points(rules, family, month=SAMPLE_MONTH)["見本"]
    labels = rules.row_labels()
    lines = [(f"保護者{each.guardian}" if each.guardian else "世帯・児童", labels[each.row], each.points)
             for each in points.lines]  # fmt: skip
    return {"total": points.total, "rank": points.rank, "lines": lines}


def draft_context(scheme: Scheme, user: User) -> dict[str, Any]:
    """Return the context of a scheme's draft: what differs in words, its trial, and who may publish it."""
    draft = RuleDraft.objects.filter(scheme=scheme).select_related("author").first()
    current = scheme.rule_versions.first()
    waits = draft is not None and (current is None or draft.starts_on > current.starts_on)
    return {
        "draft": draft if waits else None,
        "changes": changes_between(current.rules, draft.rules) if waits and draft and current else [],
        "trial": list(draft.trial.items()) if waits and draft and draft.is_tried else [],
        "can_publish": waits and draft is not None and draft.can_publish(user),
    }


def written(document: dict[str, Any]) -> str:
    """Return a rule document as text to edit."""
    return json.dumps(document, ensure_ascii=False, indent=1)
