"""Treasury PDF 日計表・領収書・納付書: built from the same figures as the pages."""

from datetime import date
from pathlib import Path
from typing import Any

import segno
from django.conf import settings
from django.db.models import Count, Sum

from todoke.design.municipality import municipality
from todoke.design.pdf import render_office_pdf
from todoke.japanese.calendar import JAPAN, format_era_date
from todoke.payments import reconciliation, trial_balance
from todoke.payments.models import Charge, DayClose, OpenItem, PaymentSlip, Receipt, StatementLine
from todoke.runtime.refusals import Refused

HERE = Path(__file__).parent
SAMPLE = "デモ(架空の区の文書です。効力はありません)"


def _yen(yen: int | None) -> str:
    return "" if yen is None else f"{yen:,}"


def _moment(instant: Any) -> str:
    return f"{format_era_date(instant.astimezone(JAPAN).date())} {instant.astimezone(JAPAN):%H:%M}" if instant else ""


def day_sheet(day: date) -> dict[str, Any]:
    """Return the data of a day's sheet (日計表); amounts in yen."""
    close = DayClose.objects.select_related("prepared_by", "signed_by").filter(day=day).first()
    revenue, names = reconciliation.revenue_of(day), reconciliation.revenue_names(day)
    methods = Receipt.objects.filter(booked_on=day).values_list("method").annotate(Count("pk"), Sum("yen"))
    fees = StatementLine.objects.filter(payout_on=day).aggregate(total=Sum("fee_yen"))["total"] or 0
    findings = list(close.findings.select_related("explained_by")) if close else []
    return {
        "municipality": municipality().name,
        "day": format_era_date(day),
        "status": "締め済み" if close and close.is_closed else "未確定",
        "revenue": [
            [f"{names.get(code, '名称のない科目')} {code}", _yen(yen)] for code, yen in sorted(revenue.items())
        ],
        "total": _yen(sum(revenue.values())),
        "methods": [
            [Receipt.Method(name).label, f"{count:,}", _yen(yen)] for name, count, yen in methods.order_by("method")
        ],
        "fees": _yen(fees),
        "matched": f"{close.matched:,}" if close else "0",
        "findings": [
            [one.get_difference_display(), one.reference, _yen(one.our_yen), _yen(one.their_yen), one.explanation]
            for one in findings
        ],
        "items": [
            [
                format_era_date(item.opened_on),
                item.finding.get_difference_display(),
                item.reference,
                item.account_name,
                _yen(item.yen),
            ]
            for item in OpenItem.objects.open().select_related("finding")
        ],
        "balances": [
            [one.name, _yen(one.ledger), _yen(one.accounted), _yen(one.unexplained)] for one in trial_balance.balances()
        ],
        "signatures": [
            ["作成", str(close.prepared_by or "") if close else "", _moment(close.prepared_at) if close else ""],
            ["確認", str(close.signed_by or "") if close else "", _moment(close.signed_at) if close else ""],
        ],
        "minutes": f"{close.time_spent_minutes}分" if close and close.is_closed else "",
        "synthetic": SAMPLE if settings.DEMO else "",
    }


def print_day(day: date) -> bytes:
    """Return the sheet of a day (日計表) as PDF/UA-1."""
    return render_office_pdf(HERE / "day_sheet.typ", day_sheet(day))


def _lines(charge: Charge) -> list[list[str]]:
    rows = charge.lines.all()
    return [
        [line.label, _yen(line.unit_yen), str(line.quantity), _yen(-line.reduced_yen or None), _yen(line.yen)]
        for line in rows
    ]


def receipt_paper(receipt: Receipt) -> dict[str, Any]:
    """Return the data of a receipt (領収書); amounts in yen."""
    charge = receipt.charge
    return {
        "municipality": municipality().name,
        "number": receipt.number,
        "charge": charge.number,
        "title": charge.title,
        "yen": _yen(receipt.yen),
        "paid_on": format_era_date(receipt.paid_on),
        "method": receipt.get_method_display(),
        "lines": _lines(charge),
        "refunds": [[format_era_date(one.decided_on), one.number, _yen(one.yen)] for one in receipt.refunds.all()],
        "left": _yen(receipt.yen - receipt.refunded_yen),
        "synthetic": SAMPLE if settings.DEMO else "",
    }


def print_receipt(receipt: Receipt) -> bytes:
    """Return a receipt (領収書) as PDF/UA-1. Raises Refused for a reversed one."""
    if receipt.taken_back_on:
        raise Refused("この収納は取り消されています。")
    return render_office_pdf(HERE / "receipt.typ", receipt_paper(receipt))


def slip_paper(slip: PaymentSlip) -> dict[str, Any]:
    """Return the data of a payment slip (納付書), with its QR code as squares."""
    charge = slip.charge
    return {
        "municipality": municipality().name,
        "title": charge.title,
        "charge": charge.number,
        "yen": _yen(charge.yen),
        "lines": _lines(charge),
        "institution": slip.institution,
        "payment": " ".join(slip.number[start : start + 4] for start in range(0, 20, 4)),
        "confirmation": slip.confirmation,
        "division": slip.division,
        "el_number": slip.numbers.el_number,
        "qr": [
            [int(dark) for dark in row] for row in segno.make(slip.numbers.el_number, error="m", micro=False).matrix
        ],
        "issued_on": format_era_date(slip.issued_on),
        "valid_until": format_era_date(slip.valid_until),
        "synthetic": SAMPLE if settings.DEMO else "",
    }


def print_slip(slip: PaymentSlip) -> bytes:
    """Return a payment slip (納付書) as PDF/UA-1."""
    return render_office_pdf(HERE / "slip.typ", slip_paper(slip))
