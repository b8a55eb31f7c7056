"""テレワークの実証: how many of the members used it, with the rows beneath, and what people said."""

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from todoke.board.staff_work.forms.staff_work import CommentForm, JoinForm, RuleForm, TrialForm
from todoke.board.staff_work.staff_work_lists import TrialList
from todoke.japanese.calendar import today
from todoke.lists.list_page import list_page
from todoke.web.actions import action, cleaned
from todoke.web.permission_check import staff
from todoke.workforce.models import TeleworkComment, TeleworkRule, TeleworkTrial
from todoke.workforce.permissions import KEEP_TELEWORK
from todoke.workforce.telework_figures import comment_counts, trial_use

VOICES = 20


@require_GET
def index(request: HttpRequest) -> HttpResponseBase:
    user = staff(request)
    more = {
        "may": KEEP_TELEWORK.held_by(user), "form": TrialForm(auto_id="trial_%s"),
        "rule_form": RuleForm(auto_id="rule_%s"), "rules": TeleworkRule.objects.select_related("department")[:20],
    }  # fmt: skip
    return list_page(request, TrialList(user), "board/staff_work/trials.html", more)


@action("board:telework")
def beginning(request: HttpRequest) -> str:
    by = staff(request, KEEP_TELEWORK)
    return f"「{TeleworkTrial.begin(by=by, **cleaned(TrialForm(request.POST)))}」を始めました。参加者を加えてください。"


@action("board:telework")
def rule(request: HttpRequest) -> str:
    TeleworkRule.establish(by=staff(request, KEEP_TELEWORK), **cleaned(RuleForm(request.POST)))
    return "定めを登録しました。"


@require_GET
def trial(request: HttpRequest, code: str) -> HttpResponse:
    """Show the use of a trial; who takes part is named to whoever keeps telework."""
    found, may = get_object_or_404(TeleworkTrial, code=code), KEEP_TELEWORK.held_by(staff(request))
    context = {
        "trial": found, "use": trial_use(found, today()), "counts": comment_counts(found), "may": may,
        "said": found.comments.all()[:VOICES], "join_form": JoinForm(auto_id="join_%s"),
        "comment_form": CommentForm(auto_id="comment_%s"),
    }  # fmt: skip
    return render(request, "board/staff_work/trial.html", context)


@action("board:telework-trial", "code")
def membership(request: HttpRequest, code: str) -> str:
    found, by = get_object_or_404(TeleworkTrial, code=code), staff(request, KEEP_TELEWORK)
    given = cleaned(JoinForm(request.POST))
    return f"{found.join(given['person'], given['on'], by=by)}さんが参加しました。"


@action("board:telework-trial", "code")
def comment(request: HttpRequest, code: str) -> str:
    found, given = get_object_or_404(TeleworkTrial, code=code), cleaned(CommentForm(request.POST))
    TeleworkComment.say(found, given["kind"], given["text"], by=staff(request))
    return "声を受け取りました。お名前は残っていません。"
