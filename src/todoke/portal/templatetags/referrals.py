"""Template filters: referrals 案内先 and audiences in the language of the page."""

from django.template import Library
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from todoke.design.page_languages import speaks_japanese
from todoke.guidance.finder import AUTHORITY, BUSINESS, PEOPLE
from todoke.guidance.models import Referral
from todoke.portal.templatetags.titles import in_japanese

register = Library()


@register.filter
def referral_note(referral: Referral) -> str:
    """Return what a referral says in the language of the page, marked as Japanese where it exists in that only."""
    language = get_language() or "ja"
    if not speaks_japanese(language):
        return referral.english or in_japanese(referral.note)
    return referral.note if language == "ja" else referral.easy or referral.note


@register.filter
def audience_name(audience: str) -> str:
    """Return for whom a procedure is (手続をする人)."""
    named = {PEOPLE: _("住民の手続"), BUSINESS: _("事業者の手続"), AUTHORITY: _("国や自治体などの機関の手続")}
    return named[audience]
