"""Protection 支援措置の注意: what staff read before they do anything with a case that names a protected person."""

from typing import Any

from django.template import Context, Library

from todoke.accounts.models import User
from todoke.cases.models import Case, StopFlag
from todoke.cases.models.stop_flag import flags_by_case

register = Library()


@register.inclusion_tag("office/parts/protection.html", takes_context=True)
def protection(context: Context, case: Case | None) -> dict[str, Any]:
    """Show that a case names somebody under a stop flag, what to do, and who knows more; nothing where it does not."""
    flags = flags_by_case([case]).get(case.pk, []) if case is not None else []
    user = context["request"].user
    mine = isinstance(user, User) and StopFlag.objects.visible_to(user).filter(pk__in=[flag.pk for flag in flags])
    return {
        "departments": list({flag.department_id: flag.department for flag in flags}.values()),
        "mine": bool(mine),
        "by_name_only": any(flag.born_on is None for flag in flags),
    }
