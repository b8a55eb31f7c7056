"""Judgements 判定 on the ranking, duplicate candidates among the real rows, and opinions of the demo ward (架空)."""

from datetime import date

from todoke.demo.people import person
from todoke.procedures import duplicates
from todoke.procedures.models import Code, Judgement, Procedure
from todoke.roadmaps.models import WeightScenario

NEXT = date(2027, 10, 1)
WORDS = {
    "4": ("紙の原本が必要", "紙の原本を確かめる必要があるためです。原本の電子化が進めば、オンラインにします。"),
    "5": (
        "本人に会って確かめる",
        "ご本人に会って、気持ちや体の具合を確かめるためです。",
    ),
    "3": (
        "受付システムの改修が必要",
        "受付のシステムを直す必要があるためです。予定が決まったら、ここでお知らせします。",
    ),
}
PER_CONCERN = 3
OPINIONS = {
    "負担を重く(架空)": (70, 10, 10, 10),
    "進めやすさを重く(架空)": (20, 50, 20, 10),
    "助かる人を重く(架空)": (20, 10, 60, 10),
}


def build() -> None:
    """Record a few judgements, find duplicate candidates, and store three opinions."""
    chief = person("dx")
    for key, (grounds, words) in WORDS.items():
        concern = Code.objects.get(table="concern", key=key)
        found = Procedure.objects.current().filter(coded_values__code=concern, kind="1")
        for procedure in found.order_by("serial")[:PER_CONCERN]:
            said = {"grounds": f"{grounds}(架空)", "explanation": words}
            Judgement.judge(procedure, concern, **said, next_check_on=NEXT, by=chief)
    duplicates.propose_candidates(by=chief)
    for name, (burden, feasibility, reach, cost) in OPINIONS.items():
        WeightScenario.objects.create(
            name=name, burden=burden, feasibility=feasibility, reach=reach, cost=cost, saved_by=chief
        )
