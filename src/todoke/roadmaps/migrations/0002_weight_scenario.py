from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("roadmaps", "0001_initial")]

    operations = [migrations.RenameModel(old_name="Scenario", new_name="WeightScenario")]
