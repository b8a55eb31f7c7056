from django.db import migrations


def fill(apps, schema_editor):
    """Give the answers to office-only and calculated questions their source; all others stay the applicant's."""
    answers = apps.get_model("formbuilder", "Answer").objects
    versions = apps.get_model("formbuilder", "FormVersion").objects
    for pk, document in versions.values_list("pk", "document").iterator(chunk_size=50):
        asked = [
            question
            for page in document.get("pages", [])
            for group in page.get("groups", [])
            for question in group.get("questions", [])
        ]
        calculated = [question["id"] for question in asked if question.get("formula")]
        office = [q["id"] for q in asked if q.get("required") == "staff" and not q.get("formula")]
        for source, names in (("calculated", calculated), ("office", office)):
            if names:
                answers.filter(submission__version=pk, question__in=names).update(source=source)


class Migration(migrations.Migration):
    dependencies = [("formbuilder", "0002_answer_source")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop, elidable=True)]
