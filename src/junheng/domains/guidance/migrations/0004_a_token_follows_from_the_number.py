from django.db import migrations, models

import junheng.platform.sealing.following


class Migration(migrations.Migration):
    dependencies = [("guidance", "0003_open_cases_have_a_team")]

    operations = [
        migrations.RemoveConstraint(model_name="carecase", name="guidance_carecase_one_open"),
        migrations.AlterField(
            model_name="carecase",
            name="person_token",
            field=junheng.platform.sealing.following.BlindIndexField("对象代号", of="number"),
        ),
        migrations.AddConstraint(
            model_name="carecase",
            constraint=models.UniqueConstraint(
                condition=models.Q(
                    ("closed_on__isnull", True), models.Q(("person_token", ""), _negated=True)
                ),
                fields=("person_token",),
                name="guidance_carecase_one_open",
                violation_error_message="这名对象已有未结案的台账：一人一策。",
            ),
        ),
        migrations.AddConstraint(
            model_name="carecase",
            constraint=models.CheckConstraint(
                condition=models.Q(("closed_on__isnull", True), ("team__isnull", True), _connector="OR"),
                name="guidance_carecase_closed_has_no_team",
                violation_error_message="结案后承办学校不再查看。",
            ),
        ),
    ]
