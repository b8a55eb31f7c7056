"""Gate renewal 通してよい確からしさの見直し: every night, from the fields that people checked and from nothing else."""

from collections import defaultdict

from django.db import transaction
from django.utils import timezone

from todoke.scans.models import FieldVerification, ScanGate, ScanTemplate
from todoke.scans.models.scan_gate import LIMIT
from todoke.scans.recognition.field_types import Policy
from todoke.scans.recognition.gates import lowest_gate

MOST = 5_000
"""The newest checked fields that count, so that a reader that became worse is noticed."""


def renew_gates() -> int:
    """Compute the gate of every field that may have one; return how many have. Idempotent."""
    return sum(_renew(template) for template in ScanTemplate.objects.newest())


@transaction.atomic
def _renew(template: ScanTemplate) -> int:
    may = {field.key for field in template.fields if field.policy is Policy.AUTO}
    if not may:
        return 0
    checked: dict[tuple[str, str], list[tuple[float, bool]]] = defaultdict(list)
    rows = FieldVerification.objects.current().filter(
        sheet__batch__template=template, field__in=may, reading__confidence__isnull=False
    )
    right = FieldVerification.Act.ACCEPTED
    values = rows.order_by("-pk").values_list("sheet__batch__channel", "field", "reading__confidence", "act")
    for channel, field, confidence, act in values.iterator():
        one = checked[channel, field]
        if len(one) < MOST and confidence is not None:
            one.append((confidence, act == right))
    now = timezone.now()
    for (channel, field), found in checked.items():
        facts = {
            "gate": lowest_gate(found, LIMIT), "number": len(found), "renewed_at": now,
            "errors": sum(not is_right for _, is_right in found),
        }  # fmt: skip
        ScanGate.objects.update_or_create(template=template, channel=channel, field=field, defaults=facts)
    return ScanGate.objects.filter(template=template, gate__isnull=False).count()
