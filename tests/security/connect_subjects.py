"""What the addresses of exports, connections and answers are about."""

from tests.cast import integrations
from tests.cast.cases import Counter
from tests.security.answer_subjects import answers
from tests.security.world import World
from todoke.cases.exports.answer_exports import Wish, request_export
from todoke.cases.models import Case
from todoke.integrations.models import WebhookEndpoint

Places = dict[str, dict[str, str]]
FIELDS: dict[str, dict[str, str]] = {
    "office:partner-key": {"days": "30"},
    "office:partner-endpoint": {"way": "network", "url": "https://partner.example.jp/news"},
    "office:partner-endpoint-replay": {"hours": "24"},
}
"""What the acts on partners are given."""


def connections(world: World) -> Places:
    """A table of answers, written out by the clerk."""
    form, clerk = world.case.release.form_version.draft, world.people["clerk"]
    made = request_export(form, Case.objects.filter(pk=world.case.pk), Wish(), by=clerk)
    account = integrations.machine(Counter(world.case.department, clerk, world.people["chief"], world.case.release))
    integrations.key_of(account)
    WebhookEndpoint.register(account.partner, "https://partner.example.jp/news", by=integrations.administrators()[0])
    code = {"code": world.case.release.offer.code}
    return {
        "api:v1:service": code,
        "api:v1:form": code,
        "api:v1:figure": {"key": "procedures"},
        "office:partner": {"code": account.partner.code, "number": account.keys.get().public_id},
        "office:answers": {"code": form.code},
        "office:answer-counts": {"code": form.code},
        "office:answer-export": {"token": made.token},
        "office:notice-settings-mailbox": {"code": world.case.department.code},
        **answers(world),
    }
