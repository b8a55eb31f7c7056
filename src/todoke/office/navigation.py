"""Navigation 案内 of the face for staff who process applications."""

from todoke.admissions.permissions import RUN_SELECTION
from todoke.design.navigation import Entry
from todoke.payments.permissions import CLOSE_DAY
from todoke.voices.permissions import RUN_CONSULTATION

INVENTORY = ("reviews/", "rounds/", "imports/", "listing-requests/", "judgements/", "duplicates/", "years/")
ANSWERS = ("faqs/", "gaps/")

FACES = (Entry("職員", "office:home"),)
RAIL = (
    Entry("きょうの仕事", "office:home", also=("notice-settings/", "partners/")),
    Entry(
        "案件", "office:inbox", also=("answer-exports/", "answers/", "batches/", "flags/", "held-mails/", "opinions/")
    ),
    Entry("窓口・予約・問合せ", "office:counter", also=("bookings/", "contacts/", "crowding/", "reconfirmations/")),
    Entry(
        "決裁",
        "office:proposals",
        also=("absences/", "classifications/", "data-exports/", "procurements/", "records/", "routes/"),
    ),
    Entry("利用調整", "office:admissions", RUN_SELECTION.roles),
    Entry("声(意見募集・お題)", "office:consultations", RUN_CONSULTATION.roles, also=("challenges/", "voice-links/")),
    Entry("職員提案", "office:staff-proposals"),
    Entry("手続の台帳", "office:procedures", also=(*INVENTORY, *ANSWERS)),
    Entry("収納", "office:payments", CLOSE_DAY.roles),
)
