from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("care", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="committeemember",
            name="own_yes",
            field=models.BooleanField(blank=True, null=True, verbose_name="本人自愿"),
        ),
        migrations.AddField(
            model_name="committeemember",
            name="renewed_on",
            field=models.DateField(blank=True, null=True, verbose_name="续聘日"),
        ),
    ]
