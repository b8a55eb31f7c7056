"""Receivers 受け手: what rooms below tell the integrations."""

from typing import Any

from django.dispatch import receiver

from todoke.cases.models import Case
from todoke.cases.signals import erased
from todoke.integrations.automation_events import MISSED, STOPPED, tell_partners
from todoke.integrations.models import NationalApplication, Parcel
from todoke.records.tasks import delete_file_content
from todoke.systems.models import Automation
from todoke.systems.signals import automation_missed, automation_stopped


@receiver(erased)
def erase_copies(sender: object, case: Case, **kwargs: Any) -> None:
    """Delete the files of parcels and of the national portal that still hold a case whose data were erased."""
    for parcel in Parcel.objects.filter(rows__case=case).exclude(path="").distinct():
        delete_file_content.enqueue(parcel.path)
        Parcel.objects.filter(pk=parcel.pk).update(path="")
    for row in NationalApplication.objects.filter(case=case).exclude(path=""):
        delete_file_content.enqueue(row.path)
        NationalApplication.objects.filter(pk=row.pk).update(path="")


@receiver(automation_stopped)
def on_automation_stopped(sender: object, *, automation: Automation, **kwargs: Any) -> None:
    tell_partners(automation, STOPPED)


@receiver(automation_missed)
def on_automation_missed(sender: object, *, automation: Automation, **kwargs: Any) -> None:
    tell_partners(automation, MISSED)
