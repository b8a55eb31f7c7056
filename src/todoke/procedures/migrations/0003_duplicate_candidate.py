from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("procedures", "0002_search")]

    operations = [migrations.RenameModel(old_name="Resemblance", new_name="DuplicateCandidate")]
