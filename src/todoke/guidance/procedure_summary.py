"""Procedure summary 手続のあらまし: what the inventory knows about a procedure, in everyday words.

For procedures without an online service here. What the survey leaves open is stated as open. Source: the national
survey of administrative procedures (行政手続等の棚卸し), as imported.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from todoke.guidance.inventory_values import format_period, needed_papers, planned_year
from todoke.japanese.calendar import fiscal_year, format_date, today
from todoke.procedures.codes import Fee, OnlineStatus, Party
from todoke.procedures.models import Procedure

Codes = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True)
class ProcedureSummary:
    """あらまし: one line for each question of a resident."""

    who: str
    papers: tuple[str, ...]
    fee: str
    period: str
    deadline: str
    why_offline: str
    elsewhere: str


def group_codes(values: Iterable[tuple[str, str, str]]) -> Codes:
    """Group (table, key, label) triples by table."""
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for table, key, label in values:
        found[table][key] = label
    return found


def summarise(procedure: Procedure) -> ProcedureSummary:
    """Return the summary of a procedure (one query for its coded values)."""
    codes = group_codes(procedure.coded_values.values_list("code__table", "code__key", "code__label"))
    papers = needed_papers(procedure.actor, codes.get("document", {}), codes.get("identification", {}))
    period = format_period(procedure.time_offline) or format_period(procedure.time_online)
    return ProcedureSummary(
        who=_who(procedure),
        papers=papers or (_ask(procedure),),
        fee=_fee(procedure, codes),
        period=period or _ask(procedure),
        deadline=procedure.deadline,
        why_offline=_judged(procedure) or _why_offline(procedure, codes),
        elsewhere=_elsewhere(procedure),
    )


def _who(procedure: Procedure) -> str:
    known = {
        Party.PEOPLE: _("個人の方"),
        Party.BUSINESS: _("事業者の方"),
        Party.PEOPLE_OR_BUSINESS: _("個人の方、事業者の方"),
    }
    if procedure.actor in known:
        return known[Party(procedure.actor)]
    return _("国や自治体などの機関") if procedure.actor else _ask(procedure)


def _ask(procedure: Procedure) -> str:
    """Return whom to ask what the inventory does not know."""
    phone = procedure.department.phone if procedure.department else ""
    if not phone:
        return _("窓口でお確かめください。")
    return _("電話でお確かめください: %(phone)s") % {"phone": phone}


def _fee(procedure: Procedure, codes: Codes) -> str:
    if procedure.fee == Fee.NONE:
        return _("無料")
    if procedure.fee != Fee.SOME:
        return _ask(procedure)
    ways = [_("窓口で払えます。")] if "1-1" in codes.get("fee_method", {}) else []
    return " ".join([_("手数料がかかります。金額は、担当の窓口がお答えします。"), *ways])


def _judged(procedure: Procedure) -> str:
    """The municipality's own text takes precedence over the survey's."""
    found = procedure.judgements.in_force().first()
    if found is None:
        return ""
    return found.explanation + " " + _("(次に見直す日:%(day)s)") % {"day": format_date(found.next_check_on)}


def _why_offline(procedure: Procedure, codes: Codes) -> str:
    if procedure.online_status == OnlineStatus.EXEMPT:
        return _("法令で、オンラインの対象から外されている手続です。")
    if procedure.online_status in {OnlineStatus.DONE, OnlineStatus.PARTLY}:
        return _("国の制度ではオンラインで行えますが、このページからはまだ申請できません。")
    reasons = {
        "0": _("オンラインで受け付ける準備をしています。"),
        "5": _("手続の性質から、対面や紙での確認が必要なため、オンラインでは受け付けていません。"),
        "4": _("紙の原本が必要な書類があるため、オンラインだけでは手続が終わりません。"),
        "1": _("法律などのしくみを先に変える必要があるため、まだオンラインでは受け付けていません。"),
        "2": _("法律などのしくみを先に変える必要があるため、まだオンラインでは受け付けていません。"),
        "3": _("受付に必要なシステムがまだないため、オンラインでは受け付けていません。"),
        "6": _("利用される数が少なく、オンライン化の効果がはっきりしないため、まだ受け付けていません。"),
    }
    given = [text for key, text in reasons.items() if key in codes.get("concern", {})]
    if not given:
        return _("まだオンラインでは受け付けていません。")
    year = planned_year(procedure.online_from, fiscal_year(today())) if "0" in codes["concern"] else ""
    if year:
        return f"{given[0]} " + _("予定:%(year)s") % {"year": year}
    return given[0]


def _elsewhere(procedure: Procedure) -> str:
    named = procedure.application_system
    if not named or "メール" in named or procedure.online_status not in {OnlineStatus.DONE, OnlineStatus.PARTLY}:
        return ""
    return _("国の調査では「%(system)s」で受け付けています。") % {"system": named}
