"""The shelf: what is kept until when, what is withheld, and what is disposed of after a decision."""

from dataclasses import replace
from datetime import date

import pytest
from django.http import QueryDict

from tests import cast
from tests.cast import cases, present, records, signed_in
from todoke.accounts.actors import System
from todoke.accounts.models import User
from todoke.approvals.approval_rules import DECIDE, ApprovalRules, DecisionClassRule, StopRule
from todoke.approvals.models import Proposal, Route
from todoke.cases.records.record_disposal import MATTER
from todoke.office.records import file_list
from todoke.office.records.file_list import RecordFileList
from todoke.organization.models import Post, Tenure
from todoke.records.models import Disposal, RecordFile
from todoke.records.redaction import redacted_pieces

pytestmark = pytest.mark.django_db
SORTS = [f"{sign}{column.key}" for column in RecordFileList.columns if column.order for sign in ("", "-")]
ADDRESSES = [
    f"view={view}&sort={sort}" for view in ("kept", "expired", "gone") for sort in SORTS
    if sort.removeprefix("-") not in RecordFileList.unsorted[view]
]  # fmt: skip


@pytest.fixture
def at() -> cases.Counter:
    made = cases.counter()
    cases.decided(made)
    return made


def auditor() -> User:
    return cast.staff("監査 委員", "audit@example.lg.jp", "auditor", cast.department("監査室", "9101"))


def of_two_sections(at: cases.Counter) -> User:
    person = cast.staff("兼務 係員", "both@example.lg.jp", section=at.section)
    post = Post.objects.create(department=cast.department("税務課", "3010"), title="係員", role=Post.Role.CLERK)
    Tenure.objects.create(post=post, user=person, starts_on=cast.LONG_AGO)
    return person


def test_a_closed_case_stands_on_the_shelf_of_its_section_only(at: cases.Counter) -> None:
    number = RecordFile.objects.get().number
    assert number in signed_in(at.clerk).get("/office/records/").content.decode()
    stranger = signed_in(cast.staff("他課", "other@example.lg.jp", section=cast.department("税務課", "3010")))
    assert number not in stranger.get("/office/records/").content.decode()
    assert stranger.get(f"/office/records/{number}/").status_code == 404
    assert stranger.get(f"/office/records/{number}/disclosure/").status_code == 404


def test_withheld_words_are_on_no_copy(at: cases.Counter) -> None:
    page = f"/office/records/{RecordFile.objects.get().number}/"
    clerk = signed_in(at.clerk)
    words = {"document": "1", "words": "山田", "ground": "personal"}
    shown = clerk.post(f"{page}passage/", words, follow=True).content.decode()
    assert "第1号(個人に関する情報)" in shown
    assert clerk.get(f"{page}disclosure/").content.startswith(b"%PDF")
    assert (
        "その言葉はありません" in clerk.post(f"{page}passage/", words | {"words": "無い"}, follow=True).content.decode()
    )


def test_expired_files_are_disposed_of_only_after_the_chief_has_decided(at: cases.Counter) -> None:
    RecordFile.objects.update(expires_on=date(2026, 3, 31))
    number, clerk = RecordFile.objects.get().number, signed_in(at.clerk)
    chosen = {"number": [number], "kind": "destroy", "route": at.release.route.pk}
    clerk.post("/office/records/disposal/", chosen)
    code = Disposal.objects.get().code
    early = clerk.post(f"/office/records/disposals/{code}/carrying-out/", follow=True).content.decode()
    assert "「協議中」の一覧は「実施済み」にできません" in early
    Proposal.objects.get(kind=MATTER).approve(by=at.chief)
    clerk.post(f"/office/records/disposals/{code}/carrying-out/")
    assert RecordFile.objects.get().status == "disposed"
    assert "内容は廃棄または移管されています" in clerk.get(f"/office/records/{number}/").content.decode()


def test_a_held_file_cannot_be_listed_until_it_is_lifted(at: cases.Counter) -> None:
    RecordFile.objects.update(expires_on=date(2026, 3, 31))
    number, clerk = RecordFile.objects.get().number, signed_in(at.clerk)
    clerk.post(f"/office/records/{number}/hold/", {"reason": "訴訟のため"})
    chosen = {"number": [number], "kind": "destroy", "route": at.release.route.pk}
    assert "廃棄停止中" in clerk.post("/office/records/disposal/", chosen, follow=True).content.decode()
    clerk.post(f"/office/records/{number}/lifting/")
    clerk.post("/office/records/disposal/", chosen)
    assert Disposal.objects.count() == 1


def test_an_extension_moves_the_last_day(at: cases.Counter) -> None:
    before = present(RecordFile.objects.get().expires_on)
    number = RecordFile.objects.get().number
    signed_in(at.clerk).post(f"/office/records/{number}/extension/", {"years": "2", "reason": "継続"})
    assert present(RecordFile.objects.get().expires_on).year == before.year + 2


@pytest.mark.parametrize("sort", ["", *SORTS])
def test_pages_by_key_show_every_file_once(at: cases.Counter, monkeypatch: pytest.MonkeyPatch, sort: str) -> None:
    monkeypatch.setattr(RecordFileList, "size", 2)
    for _ in range(4):
        cases.decided(at)
    clerk, address, found = signed_in(at.clerk), f"?sort={sort}", []
    while address:
        context = clerk.get(f"/office/records/{address}").context
        found += [file.number for file in context["rows"]]
        address = context["following"].removeprefix("/office/records/")
    assert sorted(found) == sorted(RecordFile.objects.values_list("number", flat=True))


@pytest.mark.sqlite
@pytest.mark.parametrize("words", ["", "山田"])
@pytest.mark.parametrize("address", ADDRESSES)
def test_whoever_sees_one_section_several_or_all_is_shown_files_in_any_order_along_an_index(
    at: cases.Counter, address: str, words: str
) -> None:
    both = of_two_sections(at)
    for person, index in ((at.clerk, "section"), (both, "all"), (auditor(), "all")):
        files = RecordFileList(person)
        found = files.sorted(files.read(QueryDict(f"{address}&q={words}")))
        steps = found.values_list("pk", flat=True)[: files.size].explain()
        assert f"USING COVERING INDEX records_of_{index}_" in steps.splitlines()[0]
        assert "TEMP B-TREE" not in steps


def test_who_works_in_two_sections_is_shown_the_files_of_both_and_of_no_third(at: cases.Counter) -> None:
    person, expired = of_two_sections(at), date(2020, 3, 31)
    mine = [RecordFile.objects.get(), records.file("2015-000001-C", department=cast.department("税務課", "3010"))]
    records.file("2015-000002-C", department=cast.department("土木課", "3030"))
    RecordFile.objects.update(expires_on=expired)
    for address in ("", "?view=kept&sort=kind", "?view=expired"):
        page = signed_in(person).get(f"/office/records/{address}")
        assert {file.pk for file in page.context["rows"]} == {file.pk for file in mine}
    assert RecordFileList(person).counts()["expired"] == len(mine)


def test_expired_files_come_by_the_end_of_their_period_and_those_gone_by_the_day_alone(at: cases.Counter) -> None:
    made = [records.file(f"2015-00000{n}-C", closed_on=date(2010 + n, 5, 1), department=at.section) for n in (2, 1)]
    clerk = signed_in(at.clerk)
    expired = clerk.get("/office/records/?view=expired&sort=kind")
    assert list(expired.context["rows"]) == made[::-1]
    assert "sort=-expires" in expired.content.decode()
    assert "sort=kind" not in expired.content.decode()
    for file in made:
        file.transition(RecordFile.Status.NOMINATED)
        file.erase_content(RecordFile.Status.DISPOSED, by=System())
    gone = clerk.get("/office/records/?view=gone&sort=expires&columns=disposed")
    assert list(gone.context["rows"]) == made[::-1]
    assert "sort=disposed" in gone.content.decode()


def test_a_clerk_finds_files_by_a_part_of_their_kind_or_number_in_any_order(at: cases.Counter) -> None:
    clerk, every = signed_in(at.clerk), {records.file(f"2015-00000{n}-C", department=at.section).number for n in "123"}
    records.file("2015-000004-C", department=at.section, kind="猫の相談")
    for sort in SORTS:
        for words, wanted in (("犬の登録", every), ("000002", {"2015-000002-C"}), ("鳥", set[str]())):
            shown = clerk.get("/office/records/", {"sort": sort, "q": words}).context["rows"]
            assert {file.number for file in shown} == wanted


@pytest.mark.parametrize("few", [0, 1000])
def test_a_clerk_sees_how_many_files_of_the_section_are_held_each_counted_once(
    at: cases.Counter, monkeypatch: pytest.MonkeyPatch, few: int
) -> None:
    monkeypatch.setattr(file_list, "MOST_HELD", few)
    file, elsewhere = RecordFile.objects.get(), records.file(department=cast.department("税務課", "3010"))
    for held, reason in ((file, "訴訟"), (file, "監査"), (elsewhere, "訴訟")):
        held.place_hold(reason=reason, by=System())
    records.file("2015-000002-C", department=at.section).place_hold(reason="訴訟", by=System())
    RecordFileList(at.clerk).rows("held").exclude(pk=file.pk).get().holds.get().lift(by=System())
    shown = RecordFileList(at.clerk)
    assert shown.counts()["held"] == len(shown.page(QueryDict("view=held")).rows) == 1


def test_the_list_is_exported(at: cases.Counter) -> None:
    text = signed_in(at.clerk).get("/office/records/export/?kind=csv").getvalue().decode("utf-8-sig")
    assert RecordFile.objects.get().number in text


def test_whoever_audits_reads_every_file_and_alters_none(at: cases.Counter) -> None:
    RecordFile.objects.update(expires_on=date(2026, 3, 31))
    number = RecordFile.objects.get().number
    auditing = signed_in(auditor())
    page = f"/office/records/{number}/"
    shown = auditing.get(page).content.decode()
    assert "廃棄を停止する" not in shown
    assert "不開示の部分を決める" not in shown
    acts = {
        f"{page}hold/": {"reason": "監査"},
        f"{page}extension/": {"years": "1", "reason": "監査"},
        f"{page}passage/": {"document": "1", "words": "山田", "ground": "personal"},
        "/office/records/disposal/": {"number": [number], "kind": "destroy", "route": at.release.route.pk},
    }
    for address, typed in acts.items():
        assert "主管課の職員です" in auditing.post(address, typed, follow=True).content.decode()
    file = RecordFile.objects.get()
    assert not any([file.is_held, file.extensions.exists(), Disposal.objects.exists()])
    assert not any(paper.passages.exists() for paper in file.documents.all())
    signed_in(at.clerk).post(f"{page}hold/", {"reason": "訴訟"})
    assert "主管課の職員です" in auditing.post(f"{page}lifting/", follow=True).content.decode()
    assert RecordFile.objects.get().is_held


def test_a_disposal_of_two_sections_is_carried_out_by_nobody_who_keeps_only_one(at: cases.Counter) -> None:
    there = cases.counter("税務課", "2020")
    cases.decided(there)
    RecordFile.objects.update(expires_on=date(2026, 3, 31))
    disposal = Disposal.create_list(RecordFile.objects.all(), kind=Disposal.Kind.DESTROY, by=System())
    disposal.approve(decision="決1", list_hash=disposal.list_hash, by=System())
    for clerk in (at.clerk, there.clerk):
        answer = signed_in(clerk).post(f"/office/records/disposals/{disposal.code}/carrying-out/", follow=True)
        assert "主管課の職員です" in answer.content.decode()
    assert set(RecordFile.objects.values_list("status", flat=True)) == {RecordFile.Status.NOMINATED}


def test_what_tells_of_one_person_is_withheld_together_and_can_be_taken_back(at: cases.Counter) -> None:
    page, clerk = f"/office/records/{RecordFile.objects.get().number}/", signed_in(at.clerk)
    before = clerk.get(page).content.decode()
    assert "いま写しを作ると、個人に関する言葉が出ます" in before
    items = ["山田 花子", "ヤマダ ハナコ", "hanako@example.jp"]
    for words in items:
        assert f'value="{words}" ' in before
    done = clerk.post(f"{page}passages/items/", {"document": "1", "words": items, "ground": "personal"}, follow=True)
    assert "3件の言葉を不開示にしました。" in done.content.decode()
    first = RecordFile.objects.get().documents.get(order=1)
    shown = "".join(piece.text for piece in redacted_pieces(first))
    assert not any(words in shown for words in items)
    start = first.passages.order_by("start")[0].start
    back = clerk.post(f"{page}passages/taking-back/", {"document": "1", "start": start}, follow=True)
    assert "不開示を取り消しました。" in back.content.decode()
    assert "山田 花子" in "".join(piece.text for piece in redacted_pieces(first))


def test_a_whole_document_is_disclosed_again(at: cases.Counter) -> None:
    page, clerk = f"/office/records/{RecordFile.objects.get().number}/", signed_in(at.clerk)
    clerk.post(f"{page}passage/", {"document": "1", "words": "", "ground": "law"})
    assert RecordFile.objects.get().documents.get(order=1).withheld_for == "law"
    clerk.post(f"{page}passages/taking-back/", {"document": "1", "start": ""})
    assert RecordFile.objects.get().documents.get(order=1).withheld_for == ""


def test_another_section_takes_nothing_back(at: cases.Counter) -> None:
    page = f"/office/records/{RecordFile.objects.get().number}/passages/"
    other = signed_in(cases.stranger())
    assert other.post(f"{page}taking-back/", {"document": "1"}).status_code == 404
    assert other.post(f"{page}items/", {"document": "1", "words": ["山田 花子"], "ground": "law"}).status_code == 404


def test_a_file_whose_term_is_over_says_so(at: cases.Counter) -> None:
    RecordFile.objects.update(expires_on=date(2026, 3, 31))
    page = signed_in(at.clerk).get("/office/records/?view=expired").content.decode()
    assert "満了(廃棄・移管の前)" in page
    assert " checked" not in page.partition('name="number"')[2].partition(">")[0]


def test_disposal_is_offered_the_route_that_is_made_for_it(at: cases.Counter) -> None:
    RecordFile.objects.update(expires_on=date(2026, 3, 31))
    assert list(Route.objects.fitting(MATTER)) == [at.release.route], "the general one, while there is no other"
    own = Route.objects.create(code="disposal", name="公文書の廃棄")
    general = DecisionClassRule([StopRule(1, DECIDE, Post.Role.CHIEF)], basis="第5条")
    rules = ApprovalRules([general, replace(general, kind=MATTER)])
    own.publish(rules, starts_on=date(2020, 4, 1), basis="文書管理規程", by=System())
    assert list(Route.objects.fitting(MATTER)) == [own]
    form = signed_in(at.clerk).get("/office/records/?view=expired").context["form"]
    assert list(form.fields["route"].queryset) == [own]
