from django.db import migrations

WORDS = {
    "procurement-system": "情報システムの調達",
    "procurement-other": "その他の調達",
    "records-disposal": "公文書の廃棄・移管",
}
CODES = {words: code for code, words in WORDS.items()}


def say(apps, said):
    for name in ("Branch", "Proposal"):
        for before, after in said.items():
            apps.get_model("approvals", name).objects.filter(kind=before).update(kind=after)
    for draft in apps.get_model("approvals", "RouteDraft").objects.all():
        for branch in draft.document["branches"]:
            branch["kind"] = said.get(branch["kind"], branch["kind"])
        draft.save(update_fields=["document"])


def in_words(apps, schema_editor):
    say(apps, WORDS)


def in_codes(apps, schema_editor):
    say(apps, CODES)


class Migration(migrations.Migration):
    dependencies = [("approvals", "0006_draft_of_a_ruling")]
    operations = [migrations.RunPython(in_words, in_codes)]
