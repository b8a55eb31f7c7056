"""Automation work 自動化の仕事: what waits for whoever answers for automations, and for headquarters."""

from datetime import timedelta

from django.db.models import Q
from django.utils import timezone

from todoke.accounts.models import User
from todoke.design.navigation import address
from todoke.organization.models import Post, Tenure
from todoke.systems.models import Automation, MissedRun
from todoke.systems.permissions import REVIEW_AUTOMATION

WEEK = timedelta(days=7)


def automation_counts(user: User) -> list[tuple[str, int, str, str]]:
    """Return label, count, path and note of what waits; of all automations for who reviews them."""
    posts = Post.objects.filter(tenures__in=Tenure.objects.of(user).current())
    own = Automation.objects.filter(Q(owner__in=posts) | Q(deputy__in=posts)).distinct()
    listed, missed = address("board:automations"), MissedRun.objects.filter(noticed_at__gte=timezone.now() - WEEK)
    found = [
        ("止まった自動化", own.filter(status=Automation.Status.STOPPED).count(), f"{listed}?status=stopped",
         "自分の職位が担当のもの"),
    ]  # fmt: skip
    if not REVIEW_AUTOMATION.held_by(user):
        return found
    vacant = Automation.objects.orphaned().exclude(status=Automation.Status.RETIRED)
    return [
        *found,
        ("担当が空席の自動化", vacant.count(), f"{listed}?vacant=1", "後任を決めるか、止めるもの"),
        ("自動化の実行の漏れ", missed.count(), address("board:missed-runs"), "この7日のもの"),
    ]
