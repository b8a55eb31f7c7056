from django.db import migrations

WORDS = {
    "procurement-system": "情報システムの調達",
    "procurement-other": "その他の調達",
    "records-disposal": "公文書の廃棄・移管",
}
CODES = {words: code for code, words in WORDS.items()}


def say(apps, said):
    for before, after in said.items():
        apps.get_model("procedures", "Release").objects.filter(matter=before).update(matter=after)


def in_words(apps, schema_editor):
    say(apps, WORDS)


def in_codes(apps, schema_editor):
    say(apps, CODES)


class Migration(migrations.Migration):
    dependencies = [("procedures", "0009_judgements")]
    operations = [migrations.RunPython(in_words, in_codes)]
