"""確認中の支払の一覧: payments without a certain outcome, those that a person settles first."""

from collections.abc import Mapping

from django.db.models import QuerySet

from todoke.lists.cells import moment
from todoke.lists.columns import Column
from todoke.lists.row_list import RowList
from todoke.payments.models import Attempt


class AttemptList(RowList[Attempt]):
    """確認中の支払の一覧: every charge whose payment is in doubt, for those who work with the money."""

    name, title, url, row_name = "payment-attempts", "確認中の支払", "office:payments-attempts", "attempt"
    key, start = "key", "started"
    views = {"doubt": "確認中", "unsettled": "人が確かめるもの"}
    search_fields, search_label = ("charge__number", "charge__title", "reference"), "調定番号・件名・決済番号"
    columns = (
        Column("number", "調定番号", lambda a: a.charge.number, sort="charge__number", css="nowrap"),
        Column("title", "件名", lambda a: a.charge.title, css="words"),
        Column("yen", "金額", lambda a: a.yen, sort="yen", css="number"),
        Column("method", "方法", lambda a: a.get_method_display(), css="nowrap"),
        Column("reference", "決済番号", lambda a: a.reference, css="nowrap"),
        Column("status", "状態", lambda a: a.get_status_display(), css="nowrap"),
        Column("started", "確認中になった日時", lambda a: a.requested_at, sort="requested_at", css="nowrap",
               cell=lambda a: moment(a.requested_at)),
        Column("next", "次の照会", lambda a: None if a.is_unsettled else a.next_ask_at, css="nowrap",
               cell=lambda a: "" if a.is_unsettled else moment(a.next_ask_at)),
        Column("asked", "照会した回数", lambda a: a.asked_times, css="number", shown=False, exported=True),
        Column("act", "次にすること", lambda a: "", template="office/payments/attempt_acts.html", exported=False),
    )  # fmt: skip

    def rows(self, view: str) -> QuerySet[Attempt]:
        found = Attempt.objects.live().select_related("charge")
        return found.filter(status=Attempt.Status.UNSETTLED) if view == "unsettled" else found

    def counts(self) -> Mapping[str, int]:
        return {"unsettled": self.rows("unsettled").count()}
