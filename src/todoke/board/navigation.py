"""Navigation 案内 of the face for headquarters, the council and the public."""

from todoke.design.navigation import Entry

REGISTERS_OF_PLANS = tuple(
    f"sheets/{register}/" for register in ("plans", "strategies", "measures", "milestones", "indicators", "targets")
)

REGISTERS_OF_SYSTEMS = (
    "automations/", "changes/", "incidents/", "members/", "sheets/", "subscriptions/", "telework/",
)  # fmt: skip

FACES = (Entry("推進本部", "board:home"),)
RAIL = (
    Entry("いまの姿", "board:home"),
    Entry(
        "オンライン化の割合",
        "board:rates",
        also=("bookings/", "cashless/", "certificates/", "completeness/", "funnel/", "priorities/", "roadmaps/"),
    ),
    Entry("計画", "board:plans", also=("indicators/", "cards/", "paper/", "peers/", *REGISTERS_OF_PLANS)),
    Entry("検証とデータ", "board:studies", also=("tables/", "charts/", "dashboards/", "datasets/", "checks/")),
    Entry("会議", "board:meetings", also=("sheets/bodies/", "voices/")),
    Entry("宿題", "board:commitments"),
    Entry("情報システム", "board:systems", also=REGISTERS_OF_SYSTEMS),
)
