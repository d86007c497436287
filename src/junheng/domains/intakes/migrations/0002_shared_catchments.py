"""Schools of a plan may share a catchment."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("intakes", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="planschool",
            name="zone",
            field=models.CharField(
                blank=True,
                default="",
                help_text="多校划片时填写：名称相同的学校共用全部片区，片区内的儿童有权进其中一所，先看志愿，再看类别和派位号。单校划片留空。",
                max_length=20,
                verbose_name="共用片区",
            ),
            preserve_default=False,
        ),
    ]
