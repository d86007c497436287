"""No two rows of one pupil from one day on: asked of what a number is looked up by."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("pupils", "0005_seal_pupil_numbers"),
    ]

    operations = [
        migrations.AddConstraint(
            model_name="pupil",
            constraint=models.UniqueConstraint(
                fields=("code_blind", "since"),
                name="pupils_pupil_code_since",
                violation_error_message="这个学籍号在同一天已有一条在校记录。",
            ),
        ),
    ]
