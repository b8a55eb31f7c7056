"""Template tags: what was typed 入力した内容 on a page that could not be taken, handed back for another submit."""

from typing import Any

from django import template
from django.template.context import RequestContext

from todoke.portal.unsaved_input import read_input

register = template.Library()


@register.inclusion_tag("portal/required_level/typed.html", takes_context=True)
def typed_again(context: RequestContext) -> dict[str, Any]:
    """Show the answers of a refused POST in words, and a button that sends them again; nothing for other requests."""
    request = context["request"]
    if request.method != "POST":
        return {"typed": None}
    found = read_input(request, request.path_info, request.POST)
    return {"typed": found, "again": request.get_full_path(), "files": bool(request.FILES), "request": request}
