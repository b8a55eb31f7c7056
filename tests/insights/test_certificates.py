"""Certificates: statements taken in once, bills checked by month, and other ways named while one is down."""

from datetime import date

import pytest
from django.test import Client

from tests import cast
from tests.cast import systems
from todoke.insights.certificates.bill_check import BilledMonth, check_months
from todoke.insights.certificates.certificate_figures import billed_months, shares
from todoke.insights.certificates.monthly_statement import import_statement
from todoke.insights.models import CertificateRoute, ChannelCount, IssuingBill, IssuingFee, StatementLayout
from todoke.runtime.refusals import Refused, Unreadable
from todoke.systems.models import Incident, IncidentNotice, IncidentStep, InformationSystem

HEAD = "年月,証明書,通数\n"
YEAR = [date(2025 + (month > 9), (month + 2) % 12 + 1, 1) for month in range(1, 13)]


def statement(*months: date) -> bytes:
    return (HEAD + "".join(f"{month:%Y%m},住民票の写し,{100 + month.month}\n" for month in months)).encode("cp932")


def layout() -> StatementLayout:
    return StatementLayout.objects.create(
        name="月報(見本)", month_head="年月", what_head="証明書", count_head="通数", route="コンビニ"
    )


def route(kind: str, code: str | None = None) -> CertificateRoute:
    section = cast.department()
    system = InformationSystem.objects.create(code=code, name=f"{kind}システム", department=section) if code else None
    return CertificateRoute.objects.create(
        kind=kind, system=system, place=f"{kind}の場所", source="見本", confirmed_on=date(2026, 4, 1)
    )


def fail(system: InformationSystem) -> Incident:
    return Incident.open(
        system=system,
        title="止まった",
        symptoms="使えない",
        detected_at=systems.at(1, 6, 9),
        by=cast.resident("x", f"{system.code}@example.jp"),
    )


def end(incident: Incident) -> None:
    by = cast.clerk()
    incident.record_causes(direct="設定", root="手順", by=by)
    step = IncidentStep.add(incident, kind="prevention", text="確かめる", due=date(2026, 6, 1), by=by)
    step.finish(on=date(2026, 6, 1), evidence="手順書", by=by)
    incident.close(by=by)


def test_a_month_is_checked_by_hand() -> None:
    assert BilledMonth(YEAR[0], 100, 117, 11_700).finding == "請求は、通数と単価のとおりです。"
    assert BilledMonth(YEAR[0], 100, 117, 11_817).finding == "請求が117円多いです。事業者に確かめてください。"
    assert BilledMonth(YEAR[0], 0, 117, 0).difference == 0
    missing = BilledMonth(YEAR[0], None, 117, 11_700)
    assert (missing.expected, missing.difference) == (None, None)
    assert "0通とは数えていません" in missing.finding


def test_every_month_stands_there_and_the_fee_is_that_of_its_day() -> None:
    fees = [(117, date(2025, 4, 1), date(2026, 3, 31)), (120, date(2026, 4, 1), None)]
    found = check_months(date(2026, 2, 1), date(2026, 5, 1), {date(2026, 2, 1): 10, date(2026, 5, 1): 10}, fees, {})
    assert [each.expected for each in found] == [1170, None, None, 1200]


@pytest.mark.django_db
def test_twelve_months_taken_in_twice_are_the_same_and_a_missing_one_is_flagged() -> None:
    by, made = cast.headquarters(), layout()
    for _ in range(2):
        assert import_statement(made, "月報.csv", statement(*YEAR), by=by) == 12
    assert ChannelCount.objects.count() == 12
    ChannelCount.objects.filter(starts_on=YEAR[5]).delete()
    IssuingFee.objects.create(yen=117, starts_on=YEAR[0], source="見本")
    IssuingBill.objects.create(month=YEAR[0], yen=(100 + YEAR[0].month) * 117, source="第1号")
    months = billed_months()
    assert (len(months), [each.month for each in months if each.copies is None]) == (12, [YEAR[5]])
    assert months[0].difference == 0


@pytest.mark.django_db
def test_a_statement_that_cannot_be_read_takes_nothing_in_and_names_the_row() -> None:
    by, made = cast.headquarters(), layout()
    for bad in ("2026年13月,住民票,5", "202600,住民票,5", "202606,住民票,たくさん", "2026年度,住民票,5"):
        with pytest.raises(Unreadable, match="3行目"):
            import_statement(made, "月報.csv", f"{HEAD}202606,住民票,5\n{bad}\n".encode(), by=by)
    assert not ChannelCount.objects.exists()


@pytest.mark.django_db
def test_bytes_of_another_encoding_are_refused_and_not_replaced() -> None:
    broken = (HEAD + "202606,住民票").encode("cp932") + b"\x81\xff,5\n"
    with pytest.raises(Refused):
        import_statement(layout(), "月報.csv", broken, by=cast.headquarters())


@pytest.mark.django_db
def test_shares_name_their_whole() -> None:
    for channel, count in (("コンビニ", 300), ("窓口", 100), ("レジ", 50)):
        ChannelCount.objects.create(
            what="住民票", channel=channel, starts_on=YEAR[0], ends_on=date(2025, 4, 30), count=count, source="見本"
        )
    found = shares(YEAR[0], date(2025, 4, 30))
    assert [(each.channel, each.percent, each.whole) for each in found] == [("コンビニ", 75, 400), ("窓口", 25, 400)]


@pytest.mark.django_db
def test_an_outage_of_the_counter_names_konbini_and_the_other_way_round() -> None:
    counter, konbini = route("counter", "jumin"), route("konbini", "konbini")
    route("post")
    assert counter.system is not None
    assert konbini.system is not None
    first = fail(counter.system)
    [draft] = first.notices.all()
    assert (draft.audience, draft.status) == ("public", "draft")
    assert "・コンビニ(konbiniの場所、8時30分から17時00分まで)" in draft.body
    second = fail(konbini.system)
    [other] = second.notices.all()
    assert "・郵送" in other.body
    assert "・窓口" not in other.body.split("次の方法で")[1]


@pytest.mark.django_db
def test_nothing_is_drafted_while_the_only_other_way_is_down() -> None:
    counter, konbini = route("counter", "jumin"), route("konbini", "konbini")
    assert counter.system is not None
    assert konbini.system is not None
    fail(konbini.system)
    assert not fail(counter.system).notices.exists()


@pytest.mark.django_db
def test_the_notice_is_withdrawn_when_the_incident_closes() -> None:
    counter = route("counter", "jumin")
    route("post")
    assert counter.system is not None
    incident = fail(counter.system)
    notice = incident.notices.get()
    by = cast.headquarters()
    notice.send(by=by)
    plain = IncidentNotice.draft(incident, audience="public", by=by)
    plain.send(by=by)
    assert "次の方法で受け取れます" in Client().get("/board/public/stops/").content.decode()
    end(incident)
    page = Client().get("/board/public/stops/").content.decode()
    assert "次の方法で受け取れます" not in page
    assert plain.subject in page


@pytest.mark.django_db
def test_an_incident_of_another_system_drafts_nothing() -> None:
    route("counter", "jumin")
    route("post")
    other = InformationSystem.objects.create(code="zei", name="税務", department=cast.department())
    assert not fail(other).notices.exists()
