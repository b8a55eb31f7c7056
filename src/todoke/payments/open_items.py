"""Open items 未済の追跡: settled by later statement lines, polled again, or reversed."""

from collections import Counter
from datetime import date

from todoke.accounts.actors import Actor
from todoke.payments import collection, ledger_accounts, resolutions
from todoke.payments.matching import Discrepancy, LineKind
from todoke.payments.models import OpenItem, Receipt

ArrivedYen = Counter[tuple[str, str]]


def settle_from_statements(day: date, arrived: ArrivedYen) -> set[tuple[str, str]]:
    """Settle open items of earlier days by a day's statement lines.

    Returns the (kind, reference) keys of lines that settled an item on that day.
    """
    for item in OpenItem.objects.open().filter(opened_on__lt=day).select_related("finding__day_close"):
        if item.waits_for and arrived[item.waits_for, item.reference] == item.expected_yen:
            item.settle(f"{day:%Y-%m-%d}の明細で解消", on=day)
        elif not item.waits_for:
            _settle_by_receipt(item, day)
    done = OpenItem.objects.filter(settled_on=day).exclude(waits_for="")
    return set(done.values_list("waits_for", "reference"))


def _settle_by_receipt(item: OpenItem, day: date) -> bool:
    if not Receipt.objects.filter(reference=item.reference).exists():
        return False
    return item.settle("収納に取り込み", on=day)


def requery(item: OpenItem, *, on: date, by: Actor) -> str:
    """Ask the provider about an open item again (再照会), and return the result in Japanese."""
    finding = item.finding
    match Discrepancy(finding.difference):
        case Discrepancy.CAPTURED_NOT_ACKNOWLEDGED:
            resolutions.poll_provider(finding)
            return "収納に取り込みました。" if _settle_by_receipt(item, on) else "まだ結果がありません。"
        case Discrepancy.ACKNOWLEDGED_NOT_CAPTURED:
            if resolutions.is_captured(item.reference) is not False:
                return "事業者の明細に載るのを待っています。"
            return reverse_receipt(item, on=on, by=by)
        case Discrepancy.REFUND_MISSING | Discrepancy.AMOUNT_DIFFERS | Discrepancy.DUPLICATE:
            return (
                "還付を依頼しました。"
                if resolutions.request_refund(finding)
                else "事業者の明細に載るのを待っています。"
            )
    return "明細が届くのを待っています。"


def reverse_receipt(item: OpenItem, *, on: date, by: Actor) -> str:
    """Reverse the receipt behind a disputed open item (未納に戻す), so that the fee is owed again; returns Japanese."""
    receipt = Receipt.objects.filter(reference=item.reference, taken_back_on__isnull=True).first()
    if receipt is None or item.account != ledger_accounts.DISPUTED or item.waits_for != LineKind.CAPTURE:
        return "この未済項目は、未納に戻すものではありません。"
    if item.settle("未納に戻す", on=on, against="", by=by):
        collection.reverse(receipt, reason="決済が成立していない", by=by, day=on, account=ledger_accounts.DISPUTED)
    return "収納を取り消し、あらためて請求しました。"
