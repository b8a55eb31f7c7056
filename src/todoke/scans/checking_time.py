"""Checking time 確認の時間: seconds an application by template, with and without reading, and what it saved."""

from dataclasses import dataclass

from django.db.models import Count, QuerySet, Sum

from todoke.accounts.models import User
from todoke.scans.models import FieldReading, FieldVerification, ScanBaseline, ScanBatch, ScanTemplate
from todoke.scans.recognition.routes import ROUTE_LABELS, Route
from todoke.scans.recognition.time_saved import LEAST_PEOPLE, LEAST_SHEETS, TimeSaved, time_saved


@dataclass(frozen=True)
class CheckingTime:
    """様式ごとの時間: how many applications were measured each way, by how many people, and what was saved."""

    template: ScanTemplate
    baseline: int
    people: int
    read: int
    saved: TimeSaved | None
    seconds_without: float | None
    routes: tuple[tuple[str, int], ...]
    sampled: int
    sampled_wrong: int

    @property
    def missing(self) -> str:
        """Why nothing can be said yet; "" where something can."""
        if self.saved is not None:
            return ""
        left = max(0, LEAST_SHEETS - self.baseline)
        said = [f"基準の測定があと{left}件"] if left else []
        said += [f"測った人があと{LEAST_PEOPLE - self.people}人"] if self.people < LEAST_PEOPLE else []
        said += ["読取りを使って確かめた申請"] if not self.read else []
        return "、".join(said) + "が要ります"


def checking_times(user: User) -> list[CheckingTime]:
    """Return the times of every template of the batches that a person sees, by title."""
    batches = ScanBatch.objects.visible_to(user)
    templates = ScanTemplate.objects.filter(batches__in=batches).distinct().order_by("title", "-version")
    return [_of(template, batches.filter(template=template)) for template in templates]


def _of(template: ScanTemplate, batches: QuerySet[ScanBatch]) -> CheckingTime:
    baseline = ScanBaseline.objects.filter(batch__in=batches)
    typed = list(baseline.values_list("seconds", flat=True))
    people = baseline.values("by").distinct().count()
    with_reading = batches.filter(sheets__readings__isnull=False).distinct()
    spent = FieldVerification.objects.filter(sheet__batch__in=with_reading, sheet__settled_at__isnull=False)
    applications = spent.values("sheet__batch", "sheet__application").annotate(seconds=Sum("seconds"))
    checked = [float(row["seconds"]) for row in applications]
    handling = sum(with_reading.values_list("handling_seconds", flat=True)) / max(1, len(checked))
    routes = dict(
        FieldReading.objects.filter(sheet__batch__in=batches).values_list("route").annotate(n=Count("pk")).order_by()
    )
    samples = FieldVerification.objects.current().filter(sheet__batch__in=batches, reading__route=Route.SAMPLE)
    wrong = samples.exclude(act=FieldVerification.Act.ACCEPTED).count()
    return CheckingTime(
        template, len(typed), people, len(checked), time_saved(typed, people, checked, handling),
        sum(typed) / len(typed) if typed else None,
        tuple((ROUTE_LABELS[route], routes.get(route.value, 0)) for route in Route), samples.count(), wrong,
    )  # fmt: skip
