"""``./todoke bench voices [FAQ]``: pages of a call with 25,000 arrivals, and the similar ten of 1,000 opinions.

With the folder of the municipal questions: how often a true partner stands among the five most similar ones.

Everything is invented. Prints p95 of each page with its number of queries, which must be the same in a call of 1,000
arrivals, and the seconds of the computation.
"""

import json
import random
import statistics
import sys
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.db import connection, reset_queries
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from tests.cast.voices import Hall, hall

from todoke.cases.models.tokens import new_token
from todoke.japanese.calendar import today
from todoke.voices.models import (
    CommentPoint,
    CommentReceipt,
    ComparisonRun,
    Consultation,
    PublicComment,
    Sender,
    Timeliness,
)
from todoke.voices.similarity import similar_lists
from todoke.voices.tasks import compare

RECEIPTS, OPINIONS, TIMES, LIMIT = 25_000, 1_000, 20, 300
THINGS = "駐輪場 図書館 公園 歩道 街灯 保育園 学童 バス停 案内板 防災倉庫 掲示板 広場 川沿い 商店街 体育館".split()  # noqa: SIM905
WISHES = (
    "を増やしてください。",
    "は今のままでよいと思います。",
    "の料金を下げてください。",
    "の時間を延ばしてください。",
)
WHYS = (
    "子どもと通うので",
    "高齢の母が使うので",
    "仕事の帰りに寄るので",
    "坂が多いので",
    "夜は暗いので",
    "混んでいるので",
)


def text(chance: random.Random) -> str:
    return "".join(
        f"{chance.choice(WHYS)}、{chance.choice(THINGS)}{chance.choice(WISHES)}" for _ in range(chance.randint(2, 5))
    )


def fill(of: Consultation, number: int, *, after: int = 0) -> None:
    """Write arrivals by the thousand, as many as ``number``, ``after`` those that are there."""
    chance, now = random.Random(22), timezone.now()
    senders = Sender.objects.bulk_create((Sender(consultation=of) for _ in range(number)), batch_size=1000)
    comments = PublicComment.objects.bulk_create(
        (PublicComment(consultation=of, sender=each, text=text(chance)) for each in senders), batch_size=1000
    )
    CommentPoint.objects.bulk_create(
        (CommentPoint(consultation=of, comment=each, start=0, end=len(each.text), clause=f"c0{1 + at % 3}")
         for at, each in enumerate(comments)), batch_size=1000,
    )  # fmt: skip
    receipts = CommentReceipt.objects.bulk_create(
        (CommentReceipt(consultation=of, sequence=at, token=new_token(), channel=("web", "mail", "post")[at % 3],
                        text=each.text, arrived_at=now, comment=each)
         for at, each in enumerate(comments, after + 1)), batch_size=1000,
    )  # fmt: skip
    Timeliness.objects.bulk_create(
        (Timeliness(receipt=each, consultation=of, standing="undecided" if at % 500 == 0 else "timely", why="試し")
         for at, each in enumerate(receipts)), batch_size=1000,
    )  # fmt: skip


def queries(client: Client, path: str) -> int:
    """Return how many queries a page makes once it was opened before."""
    client.get(path)
    reset_queries()
    with CaptureQueriesContext(connection) as asked:
        client.get(path)
    return len(asked)


def measure(client: Client, path: str, small: str) -> dict[str, Any]:
    """Return p95 in milliseconds of a page, and its queries beside those of the same page of the small call."""
    asked, asked_small, answer = queries(client, path), queries(client, small), client.get(path)
    spent, processor = [], []
    for _ in range(TIMES):
        began, used = time.perf_counter(), time.process_time()
        client.get(path)
        spent.append((time.perf_counter() - began) * 1000)
        processor.append((time.process_time() - used) * 1000)
    p95 = statistics.quantiles(spent, n=20)[-1]
    return {
        "page": path, "status": answer.status_code, "queries": asked, "queries_of_1000": asked_small,
        "p95_ms": round(p95, 1), "processor_ms": round(statistics.median(processor), 1), "in_limit": p95 <= LIMIT,
    }  # fmt: skip


def staff_pages(of: Consultation) -> list[str]:
    """Return the pages on which the register of a call is worked."""
    base, point = f"/office/consultations/{of.number}/", of.points.order_by("pk")[len(THINGS)]
    pages = ("", "receipts/", "receipts/?sort=-arrived", "receipts/5/", "comments/", "opinions/",
             f"opinions/{point.pk}/", "answers/")  # fmt: skip
    return [base + page for page in pages]


def public_pages(of: Consultation) -> list[str]:
    return ["/consultations/", f"/consultations/{of.number}/", f"/consultations/{of.number}/opinion/"]


def pages(place: Hall, of: Consultation, small: Consultation) -> Iterator[dict[str, Any]]:
    """Yield the measures of the pages of staff and of everybody."""
    client = Client()
    client.force_login(place.clerk)
    for path, other in zip(staff_pages(of), staff_pages(small), strict=True):
        yield measure(client, path, other)
    everybody = Client()
    for path, other in zip(public_pages(of), public_pages(small), strict=True):
        yield measure(everybody, path, other)


def partners(folder: Path) -> dict[str, Any]:
    """Return how often a question about the same answer stands among the five most similar ones (municipal FAQ)."""
    asked = json.loads((folder / "queries.json").read_text())
    relevant = json.loads((folder / "qrels.json").read_text())
    keys = list(asked)
    full = [{faq for faq, grade in relevant.get(key, {}).items() if grade == 2} for key in keys]
    lists = similar_lists([asked[key] for key in keys], listed=5)
    with_partner = [at for at, own in enumerate(full) if any(own & other for n, other in enumerate(full) if n != at)]
    found = sum(any(full[at] & full[near.place] for near in lists[at]) for at in with_partner)
    return {
        "questions": len(keys),
        "with_partner": len(with_partner),
        "among_five": round(found / len(with_partner), 3),
    }


def main() -> None:
    if sys.argv[1:]:
        print(json.dumps(partners(Path(sys.argv[1]))))
        return
    settings.ALLOWED_HOSTS = ["*"]
    call_command("migrate", verbosity=0)
    place = hall()
    of = place.announced(opens_on=today(), closes_on=today() + timedelta(days=20), closed_day_choice="same")
    fill(of, RECEIPTS)
    small = place.announced(opens_on=today(), closes_on=today() + timedelta(days=20), closed_day_choice="same")
    fill(small, OPINIONS)
    for each in pages(place, of, small):
        print(json.dumps(each, ensure_ascii=False), flush=True)
    run = ComparisonRun.request(small, compare, by=place.clerk)
    began, used = time.perf_counter(), time.process_time()
    run.compute()
    print(json.dumps({
        "similar_ten_of": OPINIONS, "seconds": round(time.perf_counter() - began, 1),
        "processor_seconds": round(time.process_time() - used, 1), "status": run.status,
    }))  # fmt: skip


if __name__ == "__main__":
    main()
