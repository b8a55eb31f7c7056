"""Navigation 案内 of the face for staff who design forms, services and flows."""

from todoke.admissions.permissions import WRITE_RULES
from todoke.cases.permissions import PROCESS_CASES
from todoke.design.navigation import Entry
from todoke.studio.permissions import DESIGN, OPEN_OFFERS

FACES = (Entry("設計", "studio:home", DESIGN.roles), Entry("業務フロー", "studio:flows", PROCESS_CASES.roles))
RAIL = (
    Entry("設計の入口", "studio:home", DESIGN.roles),
    Entry("様式", "studio:forms", DESIGN.roles),
    Entry("オンライン受付", "studio:offers", OPEN_OFFERS.roles, also=("scan-templates/",)),
    Entry("業務フロー", "studio:flows", also=("mining/", "surveys/", "calculations/")),
    Entry("利用調整の基準", "studio:admission-schemes", WRITE_RULES.roles, also=("use-rules/",)),
    Entry("さがす言葉", "studio:synonyms", DESIGN.roles, also=("words/",)),
    Entry("部品の見本", "studio:gallery", DESIGN.roles),
)
