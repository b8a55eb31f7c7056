"""二重の納付の一覧: money that came too much, with its prepared refund, the undecided first."""

from collections.abc import Mapping
from typing import Any

from django.db.models import QuerySet

from todoke.lists.cells import moment, tag
from todoke.lists.columns import Column
from todoke.lists.row_list import RowList
from todoke.payments.models import Overpayment


def _mailed(row: Any) -> object:
    return moment(row.payer_mailed_at) or tag("メールなし。電話か文書で知らせてください", "warning")


class OverpaymentList(RowList[Overpayment]):
    """二重の納付の一覧: for those who work with the money."""

    name, title, url, row_name = "overpayments", "二重の納付", "office:payments-overpayments", "overpayment"
    key, start = "number", "-noticed"
    views = {"undecided": "還付を決めるもの", "all": "すべて"}
    search_fields, search_label = ("number", "charge__number", "reference"), "還付番号・調定番号・照合番号"
    columns = (
        Column("number", "還付番号", lambda o: o.number, sort="number", css="nowrap"),
        Column("charge", "調定番号", lambda o: o.charge.number, sort="charge__number", css="nowrap"),
        Column("title", "件名", lambda o: o.charge.title, css="words"),
        Column("yen", "還付する額", lambda o: o.yen, sort="yen", css="number"),
        Column("method", "方法", lambda o: o.get_method_display(), css="nowrap"),
        Column("reference", "照合番号", lambda o: o.reference, css="nowrap", shown=False, exported=True),
        Column(
            "noticed",
            "わかった日時",
            lambda o: o.noticed_at,
            sort="noticed_at",
            css="nowrap",
            cell=lambda o: moment(o.noticed_at),
        ),
        Column("mailed", "納付者への知らせ", lambda o: moment(o.payer_mailed_at), cell=_mailed),
        Column("reason", "還付の理由", lambda o: o.reason, css="words", shown=False, exported=True),
        Column("act", "還付の起案", lambda o: moment(o.decided_at), template="office/payments/overpayment_acts.html"),
    )

    def rows(self, view: str) -> QuerySet[Overpayment]:
        found = Overpayment.objects.all().select_related("charge", "decided_by")
        return found.undecided() if view == "undecided" else found

    def counts(self) -> Mapping[str, int]:
        return {"undecided": self.rows("undecided").count()}
