"""What the addresses of exports, connections and answers are about."""

from django.core.files.uploadedfile import SimpleUploadedFile

from tests.cast import integrations
from tests.cast.cases import Counter
from tests.cast.role_matrix.answer_subjects import answers
from tests.cast.role_matrix.world import World
from todoke.cases.exports.answer_exports import Wish, request_export
from todoke.cases.models import Case
from todoke.integrations.handover import outbound_parcels
from todoke.integrations.handover.receipts import code_of
from todoke.integrations.imports.answer_imports import begin_import
from todoke.integrations.models import HandoverLine, NationalApplication, WebhookEndpoint

Places = dict[str, dict[str, str]]
FIELDS: dict[str, dict[str, str]] = {
    "office:partner-key": {"days": "30"},
    "office:partner-endpoint": {"way": "network", "url": "https://partner.example.jp/news"},
    "office:partner-endpoint-replay": {"hours": "24"},
    "office:settlement-fee-registration": {"percent": "1", "valid_from": "2030-04-01", "source": "要綱"},
}
"""What the acts on partners and settlements are given."""


def connections(world: World) -> Places:
    """A table of answers, written out by the clerk."""
    form, clerk = world.case.release.form_version.draft, world.people["clerk"]
    made = request_export(form, Case.objects.filter(pk=world.case.pk), Wish(), by=clerk)
    account = integrations.machine(Counter(world.case.department, clerk, world.people["chief"], world.case.release))
    integrations.key_of(account)
    WebhookEndpoint.register(account.partner, "https://partner.example.jp/news", by=integrations.administrators()[0])
    line = HandoverLine.objects.create(partner=account.partner, name="戸籍の申請", peer="庁内")
    parcel = outbound_parcels.begin_parcel(line, by=integrations.administrators()[0])
    outbound_parcels.make_file(parcel.pk)
    parcel.refresh_from_db()
    FIELDS["office:parcel-receipt-code"] = {"code": code_of(parcel.manifest, parcel.total, 0)}
    table = SimpleUploadedFile("回答.csv", "回答番号,氏名\n1,山田 花子\n".encode())
    batch = begin_import(world.case.release.offer, table, channel="partner", by=clerk)
    NationalApplication.objects.create(
        number="N-0001", code="P-1", title="請求", path="none", sha256="", waits_for="試し"
    )
    code = {"code": world.case.release.offer.code}
    return {
        "api:v1:service": code,
        "api:v1:form": code,
        "api:v1:figure": {"key": "procedures"},
        "office:partner": {"code": account.partner.code, "number": account.keys.get().public_id},
        "office:answer-import": {"token": batch.token},
        "office:national-application": {"number": "N-0001"},
        "office:handover-line": {"code": account.partner.code},
        "office:parcel": {"code": account.partner.code, "token": parcel.token},
        "office:answers": {"code": form.code},
        "office:answer-counts": {"code": form.code},
        "office:answer-export": {"token": made.token},
        "office:notice-settings-mailbox": {"code": world.case.department.code},
        **answers(world),
    }
