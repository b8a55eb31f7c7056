"""Navigation 案内 of the face for staff who process applications."""

from todoke.design.navigation import Entry
from todoke.payments.permissions import CLOSE_DAY

INVENTORY = ("reviews/", "rounds/", "imports/", "listing-requests/", "judgements/", "duplicates/", "years/")
CASEWORK = (
    "admissions/",
    "answer-exports/",
    "answer-imports/",
    "answers/",
    "batches/",
    "flags/",
    "held-mails/",
    "national-applications/",
    "opinions/",
)
COUNTER = (
    "bookings/", "classes/", "closures/", "contacts/", "crowding/", "help-sessions/", "line/", "lotteries/",
    "manual-notices/", "places/", "points/", "queues/", "reconfirmations/", "registrants/", "scans/",
    "visit-purposes/",
)  # fmt: skip
ANSWERS = ("faqs/", "gaps/")
OWN_WORK = (
    "my-devices/",
    "attendance/",
    "clock/",
    "corrections/",
    "courses/",
    "leave/",
    "orders/",
    "telework/",
    "timesheets/",
)

FACES = (Entry("職員", "office:home"),)
RAIL = (
    Entry(
        "きょうの仕事",
        "office:home",
        also=("devices/", "notice-settings/", "parcels/", "partners/", *OWN_WORK),
    ),
    Entry("案件", "office:inbox", also=CASEWORK),
    Entry("窓口・予約・問合せ", "office:counter", also=COUNTER),
    Entry(
        "決裁",
        "office:proposals",
        also=("absences/", "classifications/", "data-exports/", "procurements/", "records/", "routes/"),
    ),
    Entry("声と提案", "office:staff-proposals", also=("challenges/", "consultations/", "voice-links/")),
    Entry("手続の台帳", "office:procedures", also=(*INVENTORY, *ANSWERS)),
    Entry("収納", "office:payments", CLOSE_DAY.roles),
)
