"""Certificates that were issued before say the level and the number of the decision they rest on."""

from typing import Any

from django.db import migrations


def say_level(apps: Any, schema_editor: Any) -> None:
    """A scheme of a county decided for the county; the number stands in the list that was decided."""
    certificates = apps.get_model("schemes", "Certificate")
    lines = apps.get_model("schemes", "PublicityLine")
    numbers = dict(
        lines.objects.exclude(publicity__decision="")
        .order_by("pk")
        .values_list("application", "publicity__decision")
    )
    for one in certificates.objects.select_related("application__category__scheme"):
        one.level = "county" if len(one.application.category.scheme.area_id) > 4 else "city"
        one.decision = numbers.get(one.application_id, "")
        one.save(update_fields=["level", "decision"])


class Migration(migrations.Migration):
    dependencies = [("schemes", "0002_levels_and_subjects")]

    operations = [migrations.RunPython(say_level, migrations.RunPython.noop)]
