"""What the addresses of scanned paper are about: a template of the clerk's department and a batch with one sheet."""

from tests.cast import scans
from tests.cast.cases import Counter
from tests.cast.role_matrix.world import World
from todoke.scans.models import ScanTemplate, ScanTemplateDraft
from todoke.scans.sheet_files import check_picture

Places = dict[str, dict[str, str]]


def scans_of(world: World) -> Places:
    """A batch whose one sheet is checked and not yet received, and one to which pictures are still added."""
    release = world.case.release
    at = Counter(world.case.department, world.people["clerk"], world.people["chief"], release)
    checked = scans.filled_batch(at)
    waiting = scans.batch(at, template=checked.template)
    scans.sheet(waiting, 2)
    one = {"token": checked.token, "application": "1"}
    blank = [check_picture(scans.png(9))]
    draft = ScanTemplateDraft.begin(
        release.offer.code, release.number, title="白紙", department=at.section, pictures=blank, by=at.chief
    )
    own = ScanTemplate.publish(
        release.offer.code, release.number, title="課の様式", department=at.section, fields=scans.fields(), by=at.chief,
        variant="blank",
    )  # fmt: skip
    ScanTemplate.objects.filter(pk=own.pk).update(version=own.version + 7)
    template = {"code": checked.template.key, "version": str(checked.template.version)}
    return {
        "office:scan": one, "office:scan-checking": {"token": waiting.token},
        "office:scan-sheet": {"sheet": checked.sheets.get().token}, "office:scan-image": {
            "sheet": checked.sheets.get().token},
        "office:scan-sheets": one, "studio:scan-template": template,
        "studio:scan-template-variant": template | {"version": str(own.version + 7), "variant": "blank"},
        "studio:scan-template-printed-form": {"code": "certificate-202020"},
        "studio:scan-draft": {"token": draft.token, "page": "1"},
    }  # fmt: skip
