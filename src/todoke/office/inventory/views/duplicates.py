"""重複の候補: possible duplicates side by side, for a person to decide."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_GET

from todoke.lists.list_page import list_page
from todoke.office.inventory.duplicate_list import DuplicateList
from todoke.procedures import duplicates
from todoke.procedures.models import DuplicateCandidate
from todoke.procedures.permissions import FIND_DUPLICATES
from todoke.web.actions import action
from todoke.web.permission_check import staff


@require_GET
def show_list(request: HttpRequest) -> HttpResponseBase:
    """What nobody has judged yet, the most alike first; of one department if it is chosen."""
    user = staff(request)
    pairs = DuplicateList(user)
    return list_page(request, pairs, "office/duplicates/list.html", {"leads": FIND_DUPLICATES.held_by(user)})


@action("office:duplicates")
def search(request: HttpRequest) -> str:
    """Search for similar titles."""
    return f"{duplicates.propose_candidates(by=staff(request)):,}組が新しく見つかりました。"


@action("office:duplicates")
def verdict(request: HttpRequest, first: str, second: str) -> str:
    """Record that two procedures are the same, or different."""
    pairs = DuplicateCandidate.objects.select_related("first__department", "second__department")
    pair = get_object_or_404(pairs, first__number=first, second__number=second)
    said = "same" if request.POST.get("verdict") == "same" else "different"
    duplicates.save_verdict(pair, said, by=staff(request))
    return f"{second}に廃止日を入れました。" if said == "same" else "別の手続として残しました。"
