from django.db import migrations, models

import todoke.flows.models.survey


class Migration(migrations.Migration):
    dependencies = [("flows", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="improvement",
            name="number",
            field=models.SlugField(
                default=todoke.flows.models.survey._number, max_length=20, unique=True, verbose_name="番号"
            ),
        ),
        migrations.AlterField(
            model_name="experiencesurvey",
            name="number",
            field=models.SlugField(
                default=todoke.flows.models.survey._number, max_length=20, unique=True, verbose_name="番号"
            ),
        ),
    ]
