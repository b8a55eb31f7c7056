"""The cast of studies: the cards of Saitama, and a study of Wako's promotion as a section would write it."""

import csv
import io
import lzma
from datetime import date
from decimal import Decimal
from typing import Any

from tests import cast
from tests.cast.plans import indicator, plan
from todoke.accounts.models import User
from todoke.insights.models import Study
from todoke.organization.models import Post
from todoke.plans.card_series import SHIPPED
from todoke.plans.models import Indicator

COUNTED = ("2020/10/01", "2020/12/01", "2021/02/01", "2021/04/01")


def card_table() -> bytes:
    """Cards per 100 residents of the 63 municipalities of Saitama, in the form that the page asks for."""
    with lzma.open(SHIPPED, "rt", encoding="utf-8-sig") as file:
        rows = [row for row in csv.DictReader(file) if row["都道府県名"] == "埼玉県"]
    shares: dict[str, dict[str, float]] = {}
    for row in rows:
        if row["交付件数基準日"] in COUNTED:
            share = 100 * int(row["交付枚数"]) / int(row["総数（人口）"])
            shares.setdefault(row["市区町村名"], {})[row["交付件数基準日"]] = share
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(["単位", *(day.replace("/", "-") for day in COUNTED)])
    writer.writerows([unit, *(values.get(day, "") for day in COUNTED)] for unit, values in shares.items())
    return out.getvalue().encode("utf-8-sig")


def parts(section_owner: Post) -> dict[str, Any]:
    """Everything that a study must say before it is handed in."""
    found = Indicator.objects.first() or indicator(
        plan(), numerator="交付枚数", denominator="人口", basis="2020年1月1日"
    )
    return {
        "owner": section_owner, "measure": found.measure, "indicator": found, "whose": "和光市民",
        "what": "カードの交付率", "by_when": date(2021, 4, 1), "how_much": "ほかの市町村より2ポイント大きく",
        "intervention": "商業施設での出張申請", "intervention_on": date(2021, 2, 1), "rival": "国のポイント事業の締切",
        "when_better": "ほかの施設にも広げる", "when_unclear": "次の二か月をもう一度測る", "design": "difference",
        "treated": "和光市", "compared": "他の62市町村", "before_on": date(2021, 2, 1), "after_on": date(2021, 4, 1),
        "denominator_before": date(2020, 1, 1), "denominator_after": date(2020, 1, 1), "smallest": Decimal("2"),
        "stop_rule": "差が2ポイントに届かなければ、広げない",
    }  # fmt: skip


def study(by: User, title: str = "出張申請で、カードの交付は増えたか。") -> Study:
    """A study that has everything and was not handed in yet."""
    post = by.tenures.get().post
    made = Study.ask(title=title, department=post.department, by=by)
    made.write(by=by, **parts(post))
    return Study.objects.get(pk=made.pk)


def submitted(by: User | None = None) -> Study:
    by = by or cast.clerk()
    made = study(by)
    made.submit(by=by)
    return made
