"""Journey through an outage 参照専用のあいだ: a person leaves what cannot be stored at the door of the outage."""

from todoke.proving.rights import ward
from todoke.proving.rights.canaries import Matter
from todoke.proving.rights.journeys.steps import Story, answers, found
from todoke.proving.rights.recorded_requests import Success

NUMBER = 'class="receipt-number"'


def deposit(story: Story) -> None:
    """A person with an account begins, the database stops, and page and sending are kept under a number."""
    matter = Matter(1, made=700)
    steps = story.steps("参照専用", "resident", matter)
    begun = steps.silently(f"/procedures/{story.procedures[ward.CARD]}/application/")
    draft = found(r"/applications/([\w-]+)/", begun)
    for page, fields in answers(matter).items():
        typed = {f"typed.{name}": value for name, value in fields.items()}
        path = f"/applications/{draft}/pages/{page}/answers/"
        steps.post(
            "/outage/deposit/", {"path": path, **typed}, success=Success.CANARY, shows=NUMBER, outage=True, strong=True
        )
        steps.silently(path, {**fields, "go": "next"})
    sending = {"path": f"/applications/{draft}/submission/", "typed.go": "1", "send": "1"}
    steps.post("/outage/deposit/", {**sending}, success=Success.CANARY, shows=NUMBER, outage=True, strong=True)
