"""Journeys of staff who decide 案件の処理: counter clerk, clerk and chief of one department."""

import re
from datetime import timedelta

from todoke.japanese.calendar import today
from todoke.proving import service
from todoke.proving.rights.journeys.steps import STAFF, Received, Steps, Story, answers, found
from todoke.proving.rights.recorded_requests import Scope, Success
from todoke.proving.synthetic_users.resident import UnexpectedAnswer

SEEN = r'name="seen"[^>]* value="([0-9a-f]{64})"'
PROPOSAL = r'href="/office/proposals/([^/"]+)/"'
UPLOAD = r'href="(/office/cases/[^"]+/uploads/[^"]+)"'
LETTER = r'href="(/office/cases/[^"]+/letters/[^"]+/)"'
NICKNAME = 4
"""The place of the question on the page of corrections."""
NAMES = ("account", "guest", "agent", "card")
MAILED = ("guest", "agent")
"""Whose letters go by mail; the others have taken theirs online."""
SECTION = frozenset({"同じ課の係員"})


def enter_at_counter(story: Story) -> None:
    """A clerk enters what somebody brings on paper; nobody else sees the entry before it is received."""
    steps = story.steps("窓口", "counter", story.matter())
    begun = steps.post(
        f"/office/counter/{service.CODE}/draft/", {"channel": "counter", "identified_by": ""}, peers=SECTION
    )
    at = "/office/counter/drafts/" + found(r"/office/counter/drafts/([\w-]+)/", begun)
    for page, fields in answers(steps.matter).items():
        steps.post(f"{at}/pages/{page}/", fields)
        steps.get(f"{at}/pages/{page}/")
    steps.get("/office/counter/", scope=Scope.OWN, shows=at)
    seen = found(SEEN, steps.get(f"{at}/check/"))
    steps.post(f"{at}/receipt/", {"seen": seen})


def review(story: Story) -> None:
    """A clerk reads, writes, asks and takes files of every case; the chief does the same without a trace of others."""
    for name in NAMES:
        _review(story, name)
    steps = story.steps("係員", "clerk", story.matter("clerk"))
    steps.get("/office/cases/?view=all", scope=Scope.OWN)
    for kind in ("csv", "xlsx"):
        steps.export(f"/office/cases/export/?kind={kind}&view=all", scope=Scope.OWN, success=Success.CANARY)
    steps.get("/office/", scope=Scope.OWN)
    steps.get("/office/cases/?view=all&q=zq", scope=Scope.OWN)


def _review(story: Story, name: str) -> None:
    got = story.received[name]
    steps, at = story.steps("係員", "clerk", got.matter, got.name), f"/office/cases/{got.number}/"
    page = steps.get(at)
    steps.file(found(UPLOAD, page))
    steps.post(f"{at}review/")
    steps.post(f"{at}note/", {"text": got.matter.canary()})
    steps.post(f"{at}message/", {"text": got.matter.canary()})
    steps.post(f"{at}extension/", {"days": "3", "reason": got.matter.canary()})
    if name == "account":
        steps.get(f"{at}correction/")
        words = {f"reason-{NICKNAME}": "mistake", f"text-{NICKNAME}": got.matter.canary()}
        steps.post(f"{at}correction/", {**words})
    else:
        till = got.matter.canary()
        steps.post(f"{at}payment/", {"method": "cash", "reference": till})


def decide(story: Story) -> None:
    """The clerk proposes, the chief returns one proposal and approves all."""
    for name in NAMES:
        _decide(story, story.received[name], returns=name == "account")
    story.facts.ask("work_off")


def _decide(story: Story, got: Received, *, returns: bool) -> None:
    clerk, chief = (
        story.steps(face, who, got.matter, got.name) for face, who in (("係員", "clerk"), ("課長", "chief"))
    )
    at = f"/office/cases/{got.number}/"
    words = {"outcome": "granted", "reason": got.matter.canary()}
    clerk.post(f"{at}proposal/", words)
    if returns:
        proposal, seen = _proposal(clerk.look(at).text, chief)
        chief.post(f"{proposal}return/", {"seen": seen, "reason": got.matter.canary()})
        clerk.post(f"{at}proposal/", words)
    proposal, seen = _proposal(clerk.look(at).text, chief)
    chief.file(f"{proposal}document/", peers=SECTION)
    chief.post(f"{proposal}approval/", {"seen": seen, "opinion": got.matter.canary()})


def _proposal(case: str, chief: Steps) -> tuple[str, str]:
    """Return the address of the proposal on a case page, and the hash of what the chief saw."""
    address = re.search(PROPOSAL, case)
    if address is None:
        raise UnexpectedAnswer("起案がありません")
    proposal = f"/office/proposals/{address.group(1)}/"
    return proposal, found(SEEN, chief.get(proposal, peers=SECTION))


def send_letters(story: Story) -> None:
    """The clerk takes each letter, prints two together, takes and posts them; the last of both is flagged later."""
    tokens = {}
    for name in NAMES:
        got = story.received[name]
        steps = story.steps("通知書", "clerk", got.matter, got.name)
        letter = found(LETTER, steps.look(f"/office/cases/{got.number}/"))
        steps.file(letter, flagged=True)
        tokens[name] = letter.rstrip("/").rpartition("/")[2]
    steps = story.steps("通知書", "clerk", story.received["agent"].matter, story.received["agent"].name)
    steps.get("/office/batches/", scope=Scope.OWN)
    made = steps.post("/office/batches/printing/", {"letter": [tokens[name] for name in MAILED]})
    at = "/office/batches/" + found(r"/office/batches/(\w{8,})/", made)
    story.facts.ask("work_off")
    steps.get(f"{at}/")
    steps.get("/office/batches/list/", scope=Scope.OWN, shows=f"{at}/")
    for sheet in ("letters", "addresses"):
        steps.export(f"{at}/{sheet}/file/", flagged=True)
    steps.post(f"{at}/posting/", flagged=True)


def ask_elsewhere(story: Story) -> None:
    """The clerk asks another department's opinion, flags a person and hands a file over by a link."""
    matter = story.matter("clerk", "chief", "colleague", "clerk-elsewhere")
    got = story.received["guest"]
    steps = story.steps("係員", "clerk", matter)
    day = today()
    flag = {"name": matter.canary(), "starts_on": f"{day}", "ends_on": f"{day + timedelta(days=90)}"}
    section = found(r'name="department"[^>]*>\s*<option value="(\d+)"', steps.look("/office/flags/"))
    steps.post("/office/flags/registration/", {**flag, "department": section}, peers=SECTION)
    steps.get("/office/flags/", scope=Scope.OWN)
    paper = ("file", "資料.pdf", service.sample_pdf(matter.canary()))
    given = {"name": matter.canary(), "email": f"{matter.canary()}@proof.example", "note": matter.canary(), "days": "7"}
    steps.post("/office/files/handing/", given, file=paper, scope=Scope.OWN, peers=STAFF)
    steps.get(f"/office/cases/{got.number}/")
    steps.get("/office/files/", scope=Scope.OWN)
