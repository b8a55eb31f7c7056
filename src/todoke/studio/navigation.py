"""Navigation 案内 of the face for staff who design forms, services and flows."""

from todoke.design.navigation import Entry

DESIGNING = frozenset({"designer", "headquarters"})
CASEWORK = frozenset({"clerk", "chief"})

FACES = (Entry("設計", "studio:home", DESIGNING), Entry("業務フロー", "studio:flows", CASEWORK))
RAIL = (
    Entry("設計の入口", "studio:home", DESIGNING),
    Entry("様式", "studio:forms", DESIGNING),
    Entry("オンライン受付", "studio:offers", DESIGNING),
    Entry("業務フロー", "studio:flows", also=("mining/", "surveys/")),
    Entry("部品の見本", "studio:gallery", DESIGNING),
)
