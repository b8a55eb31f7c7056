"""A call for opinions: its period by its rule, the counts of its register, one answer a group, and a guarded result."""

import io
import json
from collections.abc import Callable
from datetime import date

import pytest
from django.db import IntegrityError, transaction
from pypdf import PdfReader

from tests import cast
from tests.cast import voices
from tests.cast.cases import work_off
from tests.cast.voices import CLAUSES, Hall, hall, sent
from todoke.accounts.actors import Guest
from todoke.accounts.models import User
from todoke.audit.models import Entry
from todoke.notices.models import Message
from todoke.runtime.field_encryption import PREFIX
from todoke.runtime.refusals import Conflict, NotAllowed, NotYet, Refused
from todoke.voices.consultation_counts import counts_of
from todoke.voices.consultation_result import propose_answers, publish_result
from todoke.voices.models import Clause, CommentReceipt, Consultation, Sender, TextChange
from todoke.voices.notice_period import days_counted
from todoke.voices.response_table import ResponseTable

pytestmark = pytest.mark.django_db


@pytest.fixture
def place() -> Hall:
    return hall()


def test_days_count_from_the_notice_or_from_the_day_after() -> None:
    assert [days_counted(voices.OPENS, voices.CLOSES, each) for each in ("notice", "next_day")] == [28, 27]


def test_a_short_period_needs_a_reason_also_in_the_database(place: Hall) -> None:
    model = voices.rule(title="行政手続条例", minimum_days=30, maximum_days=None, by=User.objects.get(name="林 文書"))
    of = place.drafted(rule=model)
    with pytest.raises(Refused, match="30日以上"):
        of.announce(by=place.clerk)
    with transaction.atomic(), pytest.raises(IntegrityError):
        Consultation.objects.filter(pk=of.pk).update(status="announced", days=27, minimum_days=30)


def test_a_closed_last_day_asks_until_when(place: Hall) -> None:
    of = place.drafted(closes_on=date(2025, 3, 2))
    with pytest.raises(NotYet, match="2025年3月2日"):
        of.announce(by=place.clerk)
    of.closed_day_choice = "next"
    of.save()
    of.announce(by=place.clerk)
    assert of.channels.get(channel="web").last_at == voices.moment("2025-03-03 23:59:59")


def test_versions_of_a_rule_follow_each_other_without_overlap(place: Hall) -> None:
    by = User.objects.get(name="林 文書")
    voices.rule(by, valid_from=date(2026, 4, 1), minimum_days=20)
    place.rule.refresh_from_db()
    assert place.rule.valid_until == date(2026, 3, 31)
    with pytest.raises(Refused, match="後に始まる版"):
        voices.rule(by, valid_from=date(2026, 4, 1))
    with pytest.raises(TypeError):
        place.rule.save()


def people(of: Consultation, by: User, channel: str, texts: list[list[str]]) -> None:
    """Each list is one person's opinions, on one sheet."""
    for opinions in texts:
        first = sent(of, "".join(opinions), channel=channel, by=by if channel != "web" else Guest())
        at, point = 0, first.comment.points.get()
        for opinion in opinions[:-1]:
            at += len(opinion)
            point = point.cut(at, clause="c01", by=by)


def opinions(number: int) -> list[str]:
    return [f"意見その{n}。" for n in range(number)]


def test_shinagawa_18_people_and_42_opinions_come_out_of_the_register(place: Hall) -> None:
    of = place.announced()
    people(of, place.clerk, "web", [opinions(3)] * 8 + [opinions(2)] * 7 + [opinions(1)] * 2)
    people(of, place.clerk, "fax", [opinions(2)])
    counts = counts_of(of)
    assert (counts.people, counts.opinions, counts.sentence) == (18, 42, "18人から42件")
    assert [counts.by_channel.get(each, 0) for each in ("web", "fax", "post", "hand")] == [17, 1, 0, 0]


def test_koto_107_people_and_138_opinions_come_out_of_the_register(place: Hall) -> None:
    of = place.announced()
    people(of, place.clerk, "post", [opinions(2)] * 31 + [opinions(1)] * 58)
    people(of, place.clerk, "fax", [opinions(1)] * 5)
    people(of, place.clerk, "mail", [opinions(1)] * 11)
    people(of, place.clerk, "hand", [opinions(1)] * 2)
    counts = counts_of(of)
    assert (counts.people, counts.opinions) == (107, 138)
    assert [counts.by_channel[each] for each in ("post", "fax", "mail", "hand")] == [89, 5, 11, 2]


def test_one_person_by_three_ways_is_one_after_somebody_joins_them(place: Hall) -> None:
    of = place.announced()
    first = sent(of, "駐輪場に反対です。")
    fax = sent(of, "駐輪場に反対です。", channel="fax", by=place.clerk)
    post = sent(of, "駐輪場に反対です。", "2025-03-10 10:00:00", channel="post", by=place.clerk)
    for each in (fax, post):
        each.join(first, by=place.clerk)
    counts = counts_of(of)
    assert (counts.people, counts.arrivals, counts.opinions, counts.late) == (1, 2, 1, 1)
    assert of.comments.count() == 1
    fax.split(by=place.clerk)
    assert counts_of(of).people == 2


def test_a_double_press_gives_the_same_number(place: Hall) -> None:
    of = place.announced()
    first = sent(of, "賛成です。", token="t" * 32)
    assert sent(of, "賛成です。", token="t" * 32).number == first.number
    assert of.receipts.count() == 1


def test_an_individual_number_is_cut_out_and_opened_only_with_a_reason(place: Hall) -> None:
    of = place.announced()
    row = sent(of, "私の番号は123456789018です。", sender={"name": "山田 花子", "mail": "h@example.jp"})
    assert "123456789018" not in row.text + row.comment.text
    assert row.sealed_numbers.startswith(PREFIX)
    with pytest.raises(Refused):
        row.open_numbers(by=place.clerk, reason="")
    assert row.open_numbers(by=place.clerk, reason="本人からの照会") == ["123456789018"]
    assert Entry.objects.filter(act="個人番号の開封").count() == 1
    stored = Sender.objects.values_list("sealed_name", "sealed_mail").get()
    assert all(each.startswith(PREFIX) for each in stored)


def test_a_rule_that_asks_for_a_name_refuses_without_one(place: Hall) -> None:
    named = voices.rule(User.objects.get(name="林 文書"), title="氏名を求める要綱", name_required=True)
    of = place.announced(rule=named)
    with pytest.raises(Refused, match="氏名"):
        sent(of, "意見")
    assert sent(of, "意見", sender={"name": "山田"}).pk


def answered(place: Hall, of: Consultation, kind: str = "changed") -> None:
    of.begin_answering(by=place.clerk)
    group = place.grouped(of, "駐輪場を増やしてほしい", "c01")
    response = group.answer(kind=kind, text="百五十台分とします。", by=place.clerk)
    clause = Clause.objects.get(text__consultation=of, text__version=1, key="c01")
    if kind == "changed":
        TextChange.write(clause, "駅前に有料の駐輪場を百五十台分つくります。", seen=CLAUSES[0][2], by=place.clerk,
                         response=response)  # fmt: skip


def test_the_result_is_refused_for_each_missing_piece_by_name(place: Hall) -> None:
    of = place.announced()
    sent(of, "駐輪場をもっと増やしてください。", sender={"mail": "hanako@example.jp"})
    begun = voices.moment("2025-02-28 23:58:00")
    fax = sent(of, "賛成", "2025-03-01 00:03:00", channel="fax", by=place.clerk, sent_at=begun)
    of.begin_answering(by=place.clerk)

    def refused() -> str:
        with pytest.raises(NotYet) as found:
            publish_result(of, by=place.clerk)
        assert found.value.link
        return str(found.value)

    assert "期限内か判断が要る受付が1件" in refused()
    fax.timeliness.decide(standing="late", reason="受信の終わりが期限後", by=place.clerk)
    assert "まとまりに入っていない意見が1件" in refused()
    group = place.grouped(of, "駐輪場を増やしてほしい", "c01")
    assert "区の考え方のないまとまりが1件" in refused()
    response = group.answer(kind="changed", text="百五十台分とします。", by=place.clerk)
    assert "案を直していない「修正」のまとまりが1件" in refused()
    clause = Clause.objects.get(text__consultation=of, text__version=1, key="c01")
    TextChange.write(clause, "百五十台分つくります。", seen=CLAUSES[0][2], by=place.clerk, response=response)
    assert "二人目が確かめていない意見が1件" in refused()
    place.read_twice(of)
    assert "決裁が済んでいない区の考え方が1件" in refused()
    place.approved(of)
    assert publish_result(of, by=place.clerk) == 1
    work_off()
    assert Message.objects.filter(code="consultation-result").count() == 1
    with pytest.raises(Conflict):
        publish_result(of, by=place.clerk)


def test_a_result_without_any_opinion_is_published(place: Hall) -> None:
    of = place.announced()
    of.begin_answering(by=place.clerk)
    publish_result(of, by=place.clerk)
    assert of.status == "published"
    assert counts_of(of).people == 0


def test_an_answer_written_anew_needs_its_approval_again(place: Hall) -> None:
    of = place.announced()
    sent(of, "駐輪場をもっと増やしてください。")
    answered(place, of)
    proposal = propose_answers(of, by=place.clerk)
    group = of.groups.get()
    with pytest.raises(Refused, match="決裁に回っています"):
        group.answer(kind="changed", text="二百台分とします。", by=place.clerk)
    assert "百五十台分" in json.dumps(proposal.dossier.content, ensure_ascii=False)
    proposal.approve(by=place.chief)
    group.answer(kind="changed", text="二百台分とします。", by=place.clerk)
    group.refresh_from_db()
    assert group.response.settled_at is None


def test_an_announced_draft_is_not_rewritten(place: Hall) -> None:
    of = place.announced()
    with pytest.raises(Refused, match="書き換えられません"):
        of.texts.get(version=0).write([("1", "新", "文")], by=place.clerk)
    of.begin_answering(by=place.clerk)
    clause = Clause.objects.get(text__consultation=of, text__version=1, key="c02")
    with pytest.raises(Refused, match="理由"):
        TextChange.write(clause, "九時まで", seen=clause.body, by=place.clerk)
    TextChange.write(clause, "九時まで", seen=clause.body, reason="利用の多い時間のため", by=place.clerk)
    with pytest.raises(Conflict):
        clause.rewrite("十時まで", seen=CLAUSES[1][2], by=place.clerk)


def test_the_table_says_the_answer_once_and_is_kept_until_the_publication(place: Hall) -> None:
    of = place.announced()
    for n in range(3):
        sent(of, f"駐輪場をもっと増やしてください。その{n}")
    answered(place, of)
    table = ResponseTable(of)
    with pytest.raises(NotAllowed):
        table.require_taking(by=cast.clerk())
    row = table.groups()[0]
    assert (row["count"], row["kind"], row["changes"]) == (3, "案を修正します", ["1 駐輪場"])
    assert table.opinions() == []
    place.read_twice(of)
    assert len(table.opinions()) == 3
    pages = PdfReader(io.BytesIO(table.pdf())).pages
    words = "".join(page.extract_text() for page in pages).replace("\n", "")
    for said in ("2025年2月1日(土)から2025年2月28日(金)まで", "まだ公表していません", "百台分", "百五十台分"):
        assert said in words
    assert table.xlsx().startswith(b"PK")


def test_a_stranger_runs_nothing(place: Hall) -> None:
    of, stranger = place.drafted(), cast.clerk()
    for act in (of.announce, of.texts.get(version=0).consultation.announce):
        with pytest.raises(NotAllowed):
            act(by=stranger)
    assert not Consultation.objects.visible_to(stranger).exists()
    assert not CommentReceipt.objects.exists()


def test_nothing_of_a_published_result_is_moved(place: Hall) -> None:
    of = place.announced()
    row, other = sent(of, "駐輪場を増やしてください。本数も。"), sent(of, "公園を明るくしてください。")
    of.begin_answering(by=place.clerk)
    group = place.grouped(of, "まとまり")
    group.answer(kind="later", text="参考とします。", by=place.clerk)
    place.read_twice(of)
    place.approved(of)
    publish_result(of, by=place.clerk)
    row.consultation = of
    row.timeliness.receipt = row
    point = of.points.select_related("consultation__department").first()
    assert point is not None
    acts: list[Callable[[], object]] = [
        lambda: point.move(None, seen=group.pk, by=place.clerk), lambda: point.cut(3, clause="", by=place.clerk),
        lambda: point.place_at("c02", by=place.clerk), lambda: row.join(other, by=place.clerk),
        lambda: row.split(by=place.clerk), lambda: group.rename("別", seen="まとまり", by=place.clerk),
        lambda: row.timeliness.decide(standing="late", reason="理由", by=place.clerk),
        lambda: of.correct_channel("post", basis="arrival", arrival_limit=None, reason="理由", by=place.clerk),
    ]  # fmt: skip
    group.consultation = of
    for act in acts:
        with pytest.raises(Refused, match="結果公表"):
            act()
