"""Consultation access 意見募集の入口: a consultation of the person's own department, else the page is not found."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from todoke.accounts.models import User
from todoke.voices.models import CommentPoint, CommentReceipt, Consultation, PublicComment
from todoke.voices.permissions import RUN_CONSULTATION
from todoke.web.permission_check import staff


def runner(request: HttpRequest) -> User:
    """Return the person, who runs the consultations of some department. Raises PermissionDenied."""
    user = staff(request)
    if not RUN_CONSULTATION.departments_of(user):
        raise PermissionDenied
    return user


def consultation_of(request: HttpRequest, number: str) -> Consultation:
    """Return a consultation that the person runs. Raises Http404."""
    rows = Consultation.objects.visible_to(staff(request)).select_related("rule", "department", "plan", "route")
    return get_object_or_404(rows, number=number)


def receipt_of(request: HttpRequest, number: str, sequence: int) -> CommentReceipt:
    """Return an arrival of a consultation that the person runs. Raises Http404."""
    rows = CommentReceipt.objects.select_related("timeliness__judged_by", "comment__sender", "recorded_by")
    found = get_object_or_404(rows, consultation=consultation_of(request, number), sequence=sequence)
    found.consultation = consultation_of(request, number)
    return found


def comment_of(request: HttpRequest, number: str, pk: int) -> PublicComment:
    """Return a comment of a consultation that the person runs. Raises Http404."""
    rows = PublicComment.objects.select_related("consultation__department", "masked_by", "checked_by", "sender")
    return get_object_or_404(rows, consultation=consultation_of(request, number), pk=pk)


def point_of(request: HttpRequest, number: str, pk: int) -> CommentPoint:
    """Return an opinion of a consultation that the person runs. Raises Http404."""
    rows = CommentPoint.objects.select_related("consultation__department", "comment", "group")
    return get_object_or_404(rows, consultation=consultation_of(request, number), pk=pk)


def is_worked_on(of: Consultation) -> bool:
    """Whether a consultation was announced and no result of it is published."""
    return of.status in {Consultation.Status.ANNOUNCED, Consultation.Status.ANSWERING}
