"""My Number access 個人番号の閲覧: shows a My Number in clear only with a reason, and audits it."""

from todoke.accounts.actors import Actor
from todoke.audit import log
from todoke.cases.models import Case
from todoke.formbuilder.answers.journey import AnswerKey
from todoke.runtime.refusals import NotAllowed, Refused


def disclose_number(case: Case, place: AnswerKey, *, by: Actor, reason: str) -> str:
    """Return a My Number of a case in clear. Raises NotAllowed to other departments, Refused without a reason."""
    try:
        case.require_department(by)
    except NotAllowed:
        log.record(case, "個人番号の閲覧の拒否", by=by, after={"設問": place.question})
        raise
    if not reason.strip():
        raise Refused("個人番号を見る理由を書いてください。理由は記録に残ります。")
    number = case.submission.disclose_number(place, by=by, reason=reason)
    log.record(case, "個人番号の閲覧", by=by, reason=reason, after={"設問": place.question, "行": place.row})
    return number
