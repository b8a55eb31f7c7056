"""Access 入口: who may edit plans and the register, and how invalid forms are shown."""

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from todoke.accounts.models import User
from todoke.organization.models import Post
from todoke.organization.permissions import has_role

UNCHANGED = "内容は変わっていません。"


def person(request: HttpRequest) -> User:
    """Return the person who is signed in; the staff door has let them in."""
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user


def can_edit_plans(user: User) -> bool:
    """Whether the user may edit plans and meetings."""
    return has_role(user, Post.Role.HEADQUARTERS)


def secretary(request: HttpRequest) -> User:
    """Return the person if they belong to the secretariat of the headquarters (推進本部事務局)."""
    user = person(request)
    if not can_edit_plans(user):
        raise PermissionDenied
    return user


def can_edit_register(user: User) -> bool:
    """Whether the user may edit the register of systems."""
    return has_role(user, Post.Role.HEADQUARTERS, Post.Role.ADMINISTRATOR)


def rules_editor(request: HttpRequest) -> User:
    """Return the person if they keep the register of systems (本部事務局・システム管理担当)."""
    user = person(request)
    if not can_edit_register(user):
        raise PermissionDenied
    return user


def invalid_form_page(
    request: HttpRequest, form: forms.BaseForm, label: str, *back: str, quote: str = ""
) -> HttpResponse:
    """Render an invalid form again (422); ``back`` is the page named ``label`` that it came from."""
    page = {"form": form, "label": label, "back": reverse(back[0], args=back[1:]), "quote": quote}
    return render(request, "board/refused.html", page, status=422)
