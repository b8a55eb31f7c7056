"""A draw that a stranger recomputes: seed committed before, list frozen at closing, odds by weight."""

import re
import subprocess
import sys
from collections import Counter
from datetime import timedelta
from io import StringIO
from pathlib import Path
from random import Random

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, transaction
from django.utils import timezone

from tests import cast
from tests.cast import bookings
from tests.cast.work import calls
from todoke.accounts.actors import System
from todoke.bookings.lottery.draw import ClosedList, Entry, commitment, draw
from todoke.bookings.lottery.published_file import PublishedDraw, faults, read_published
from todoke.bookings.models import Lottery, LotteryEntry, LotteryItem, LotteryResult
from todoke.runtime.refusals import Closed, Conflict, NotAllowed, NotYet, Refused, Unreadable

SEED, VALUE = bytes(range(32)), "38,915.87"
MANUAL = Path(__file__).resolve().parents[2] / "docs" / "how-to" / "bookings.md"


def closed(entries: int, items: int, *, limit: int = 0, capacity: int = 1) -> ClosedList:
    random = Random(7)
    codes = [f"hall-{number:05}" for number in range(items)]
    made = (
        Entry(f"T{number:015}", (random.choice(codes),), random.choice((1, 1, 2)), f"p{number % (entries // 2 or 1)}")
        for number in range(entries)
    )
    return ClosedList(dict.fromkeys(codes, capacity), limit, "12月1日の終値", tuple(made))


def published(of: ClosedList, number: str = "C1") -> PublishedDraw:
    return PublishedDraw(
        number, commitment(number, SEED), SEED.hex(), VALUE, of.digest, of, tuple(draw(of, SEED, VALUE))
    )


def test_the_order_of_the_rows_changes_nothing() -> None:
    one = closed(200, 40)
    other = ClosedList(one.items, one.limit, one.source, one.entries[::-1])
    assert draw(one, SEED, VALUE) == draw(other, SEED, VALUE)


def test_all_items_or_none_and_no_more_wins_than_allowed() -> None:
    both = Entry("A" * 16, ("x", "y"), 1, "p1")
    entries = (both, Entry("B" * 16, ("y",), 1, "p2"), Entry("C" * 16, ("x",), 1, "p2"))
    for number in range(20):
        results = {
            one.ticket[0]: one.outcome for one in draw(ClosedList({"x": 1, "y": 1}, 1, "V", entries), SEED, str(number))
        }
        assert (results["A"] == "当選") == (results["B"] != "当選" and results["C"] != "当選")
        assert [results["B"], results["C"]].count("当選") <= 1


def test_odds_go_by_weight_and_by_nothing_else() -> None:
    entries = tuple(Entry(f"{number:016}", ("x",), 2 if number < 20 else 1, f"p{number}") for number in range(40))
    firsts = Counter(draw(ClosedList({"x": 1}, 0, "V", entries), SEED, str(each))[0].ticket for each in range(3000))
    heavy = sum(count for ticket, count in firsts.items() if int(ticket) < 20)
    assert 0.64 < heavy / 3000 < 0.695, "two thirds, within three deviations"
    even = Counter[str]()
    light = tuple(Entry(f"{number:016}", ("x",), 1, f"p{number}") for number in range(40))
    for each in range(2000):
        even[draw(ClosedList({"x": 1}, 0, "V", light), SEED, str(each))[0].ticket] += 1
    assert sum((even[one.ticket] - 50) ** 2 / 50 for one in light) <= 62.4, "chi-square of 39 degrees at 1 %"


def test_the_work_for_twenty_thousand_entries_is_in_proportion_to_them() -> None:
    few, many = closed(5_000, 2_790), closed(20_000, 11_160)
    assert sum(one.outcome == "当選" for one in draw(many, SEED, VALUE)) > 8000
    assert calls(lambda: draw(many, SEED, VALUE)) <= 4.4 * calls(lambda: draw(few, SEED, VALUE)) <= 4.4 * 50 * 5_000


def test_one_altered_letter_anywhere_is_named(tmp_path: Path) -> None:
    text = published(closed(30, 12, limit=1)).text()
    assert faults(read_published(text)) == []
    random = Random(3)
    for place in sorted(random.sample(range(len(text)), 400)):
        letter = "8" if text[place] != "8" else "9"
        try:
            found = faults(read_published(text[:place] + letter + text[place + 1 :]))
        except Unreadable as problem:
            found = [str(problem)]
        assert found, f"nothing said about letter {place}: {text[max(0, place - 20) : place + 5]!r}"


@pytest.mark.parametrize(
    ("before", "after", "named"),
    [
        ("value\t38,915.87", "value\t38,915.88", "公開値"),
        ("limit\t1", "limit\t2", "一覧"),
        ("seed\t00", "seed\t10", "約束 C"),
        ("commitment\t", "commitment\t ", "2行目から6行目"),
        ("todoke.lottery.1", "todoke.lottery.2", "1行目"),
    ],
)
def test_what_was_altered_is_said(before: str, after: str, named: str) -> None:
    text = published(closed(30, 12, limit=1)).text()
    try:
        said = "".join(faults(read_published(text.replace(before, after, 1))))
    except Unreadable as problem:
        said = str(problem)
    assert named in said


def test_the_command_and_the_script_of_the_manual_agree(tmp_path: Path) -> None:
    script = re.findall(r"```python\n(.*?)```", MANUAL.read_text(), re.DOTALL)[0]
    assert len(script.splitlines()) <= 40
    assert "todoke." not in script.replace('"todoke.lottery.1"', ""), "it is written apart from the program"
    (tmp_path / "check.py").write_text(script)
    text = published(closed(500, 120, limit=2)).text()
    won = text.replace("落選", "当選", 1)
    for content, code in ((text, 0), (won, 1)):
        (tmp_path / "draw.txt").write_text(content)
        ran = subprocess.run([sys.executable, "check.py", "draw.txt"], cwd=tmp_path, capture_output=True, check=False)
        assert ran.returncode == code, ran.stderr.decode()
        if not code:
            out = StringIO()
            call_command("lottery", "verify", str(tmp_path / "draw.txt"), stdout=out)
            assert "規則どおりです" in out.getvalue()
            continue
        with pytest.raises(CommandError, match="整理番号"):
            call_command("lottery", "verify", str(tmp_path / "draw.txt"))


def announced(closes: timedelta = timedelta(days=1)) -> Lottery:
    unit, clerk = bookings.court(), bookings.manager()
    group = cast.present(unit.resource.group)
    rules = bookings.rules(group, clerk, bookings.hall_chief())
    items = [(unit, bookings.frame(30, number)) for number in range(3)]
    now = timezone.now()
    return Lottery.announce(
        group, title="1月分", items=items, source="12月1日の終値", closes_at=now + closes, rules=rules,
        draws_at=now + 2 * closes, by=clerk, limit=1,
    )  # fmt: skip


def enter(lottery: Lottery, count: int = 6) -> list[LotteryEntry]:
    clerk, items = lottery.rules.author, list(lottery.items.all())
    clubs = [bookings.club(lottery.group, clerk, name=f"第{n}クラブ") for n in range(count)]
    return [lottery.enter(each, [items[n % 3]], weight=1 + n % 2, by=clerk) for n, each in enumerate(clubs)]


def closed_at_last(lottery: Lottery) -> Lottery:
    past = timezone.now() - timedelta(hours=1)
    Lottery.objects.filter(pk=lottery.pk).update(closes_at=past, draws_at=past + timedelta(minutes=1))
    lottery.refresh_from_db()
    lottery.close(by=System())
    return lottery


@pytest.mark.django_db
def test_a_lottery_goes_from_the_announcement_to_a_file_that_verifies() -> None:
    lottery = announced()
    enter(lottery)
    assert lottery.seed == ""
    assert commitment(lottery.number, b"") != lottery.commitment
    with pytest.raises(NotYet):
        lottery.close(by=System())
    closed_at_last(lottery).draw("38,915.87", by=lottery.rules.author)
    assert faults(read_published(lottery.published().text())) == []
    assert LotteryResult.objects.filter(outcome="当選").count() == 3
    with pytest.raises(Conflict):
        Lottery.objects.get(pk=lottery.pk).draw("1", by=lottery.rules.author)


@pytest.mark.django_db
def test_the_database_freezes_the_list_at_closing() -> None:
    lottery = announced()
    entry = enter(lottery)[0]
    closed_at_last(lottery)
    with pytest.raises(DatabaseError, match="closed_list"), transaction.atomic():
        LotteryEntry.objects.filter(pk=entry.pk).update(weight=9)
    with pytest.raises(DatabaseError, match="closed_list"), transaction.atomic():
        LotteryEntry.objects.filter(pk=entry.pk).delete()
    entry.pk, entry.ticket = None, "Z" * 16
    with pytest.raises(DatabaseError, match="closed_list"), transaction.atomic():
        entry.save(force_insert=True)
    with pytest.raises(DatabaseError, match="closed_list"), transaction.atomic():
        LotteryItem.objects.filter(lottery=lottery).update(code="other")
    assert lottery.closed_list().digest == lottery.digest


@pytest.mark.django_db
def test_whoever_enters_in_the_moment_of_closing_is_told_that_the_list_is_closed() -> None:
    lottery = announced()
    clerk, items = lottery.rules.author, list(lottery.items.all())
    member, read_before = bookings.club(lottery.group, clerk), Lottery.objects.get(pk=lottery.pk)
    closed_at_last(lottery)
    with pytest.raises(Closed, match="この抽選の受付は終わりました"):
        read_before.enter(member, items[:1], weight=1, by=clerk)
    assert not lottery.entries.exists()
    assert lottery.closed_list().digest == lottery.digest


@pytest.mark.django_db
def test_entries_obey_the_rules_of_the_draw() -> None:
    lottery = announced()
    clerk, items = lottery.rules.author, list(lottery.items.all())
    member = bookings.club(lottery.group, clerk)
    for item in items:
        lottery.enter(member, [item], weight=1, by=clerk)
    with pytest.raises(Conflict):
        lottery.enter(member, items[:1], weight=1, by=clerk)
    names = lottery.entries.values_list("pseudonym", flat=True)
    assert len(set(names)) == 1, "one registrant is one name in the public list"
    with pytest.raises(NotAllowed):
        lottery.draw("1", by=cast.clerk())
    with pytest.raises(NotYet):
        lottery.draw("1", by=clerk)
    closed_at_last(lottery)
    with pytest.raises(Closed):
        lottery.enter(member, items[:1], weight=1, by=clerk)
    with pytest.raises(Refused):
        lottery.draw(" ", by=clerk)
