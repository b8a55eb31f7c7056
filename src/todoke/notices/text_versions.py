"""Text versions 通知の文面の版: publishes the office's own words of a notice, and mails them on trial."""

from collections.abc import Iterable
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction

from todoke.accounts.models import User
from todoke.design.municipality import municipality
from todoke.notices.default_templates import default_templates
from todoke.notices.models import Message
from todoke.notices.models.template import PLACEHOLDER, Template, TemplateVersion, render_placeholders
from todoke.notices.outbox import Recipient, enqueue
from todoke.notices.permissions import EDIT_NOTICE_TEXTS
from todoke.runtime.refusals import NotAllowed

TRIAL = "notice-trial"
OPENERS = ("url", "link", "code", "number")
"""Places without which the reader could not go on: a text of our own may not leave them out."""


def places_in(*texts: str) -> list[str]:
    """Return the places {名前} of texts, each once, in their order."""
    return list(dict.fromkeys(found for text in texts for found in PLACEHOLDER.findall(text)))


def known_places(code: str) -> list[str]:
    """Return the places that a notice fills. Raises KeyError for an unknown code."""
    built_in = default_templates()[code]
    return list(dict.fromkeys([*places_in(built_in.subject, built_in.body), "municipality"]))


def check_text(code: str, subject: str, body: str) -> None:
    """Raises ValidationError for a place that is never filled, and for one that is missing and must not be."""
    built_in, used = default_templates()[code], places_in(subject, body)
    if unknown := [place for place in used if place not in known_places(code)]:
        raise ValidationError({"body": f"差し込めない項目があります: {_braced(unknown)}"})
    if lost := [place for place in places_in(built_in.body) if place in OPENERS and place not in used]:
        raise ValidationError({"body": f"これがないと受け取った人が先へ進めません: {_braced(lost)}"})


def _braced(places: Iterable[str]) -> str:
    return "、".join(f"{{{place}}}" for place in places)


@transaction.atomic
def publish_text(code: str, *, subject: str, body: str, starts_on: date, by: User) -> TemplateVersion:
    """Publish a version of a notice's words from a day on. Raises NotAllowed, ValidationError."""
    _require_editor(by)
    check_text(code, subject, body)
    template, _ = Template.objects.get_or_create(code=code, defaults={"title": default_templates()[code].title})
    return template.publish(subject=subject, body=body, starts_on=starts_on, by=by)


def send_trial(code: str, *, subject: str, body: str, by: User) -> Message:
    """Mail words to whoever writes them, with a sample in every place. Raises NotAllowed, ValidationError."""
    _require_editor(by)
    check_text(code, subject, body)
    known = {"municipality": municipality().name, "name": by.name}
    values = {place: known.get(place, f"〔{place}〕") for place in known_places(code)}
    words = {"words": render_placeholders(subject, values), "text": render_placeholders(body, values)}
    return enqueue(TRIAL, to=Recipient.of(by), context=words, about=f"notices.template/{code}", by=by)


def _require_editor(by: User) -> None:
    if not EDIT_NOTICE_TEXTS.held_by(by):
        raise NotAllowed("通知の文面を決められるのは、DX推進本部事務局とシステム管理担当だけです。")
