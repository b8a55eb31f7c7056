"""Access 入室の確かめ: who reads the register of devices."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from todoke.accounts.models import User
from todoke.systems.models import Device, DeviceLoan
from todoke.systems.permissions import READ_DEVICES
from todoke.web.permission_check import staff


def reads_devices(user: User) -> bool:
    """Whether a person reads the devices of the office or of some section."""
    return READ_DEVICES.held_by(user) or bool(READ_DEVICES.departments_of(user))


def reader_of_devices(request: HttpRequest) -> User:
    """Return the person, who reads the register. Raises PermissionDenied."""
    user = staff(request)
    if not reads_devices(user):
        raise PermissionDenied
    return user


def device_of(request: HttpRequest, asset_number: str) -> Device:
    """Return a device that the person sees. Raises Http404, PermissionDenied for who reads none."""
    devices = Device.objects.visible_to(reader_of_devices(request)).select_related("pool__system", "contract")
    return get_object_or_404(devices, asset_number=asset_number)


def loan_of(request: HttpRequest, number: str) -> DeviceLoan:
    """Return a loan that the person sees. Raises Http404, PermissionDenied for who reads none."""
    loans = DeviceLoan.objects.visible_to(reader_of_devices(request)).select_related("device", "borrower")
    return get_object_or_404(loans, number=number)
