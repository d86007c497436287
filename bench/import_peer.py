"""One import by the peer, django-import-export, in an environment of its own: the same workbook, the same columns.

Three modes, all in bulk, without differences, without audit, because it keeps none: ``checks`` validates every row and
finds rows that are there by one question (what its manual calls the cached loader); ``finds`` does so without
validation; ``inserts`` neither validates nor looks for rows, so the same file a second time would break. Its option to
skip unchanged rows has no effect without differences, and with them it is slower: that is why they are off.
"""

# ruff: noqa: PLC0415 (Django is set up first)

import json
import sys
import time
from pathlib import Path


def main(workbook: Path, database: str, mode: str) -> None:
    """Read and import the workbook; prints rows and seconds of the processor."""
    import django
    from django.conf import settings

    settings.configure(
        INSTALLED_APPS=["django.contrib.contenttypes", "django.contrib.auth", "import_export"],
        DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": database}},
        USE_TZ=True,
    )
    django.setup()
    from django.core.validators import RegexValidator
    from django.db import connection, models
    from import_export import fields, resources, widgets
    from import_export.instance_loaders import CachedInstanceLoader

    class Area(models.Model):
        code = models.CharField(max_length=12, primary_key=True)

        class Meta:
            app_label = "peer"

        def __str__(self) -> str:
            return self.code

    class School(models.Model):
        code = models.CharField(max_length=10, unique=True, validators=[RegexValidator(r"^\d{10}$")])
        name = models.CharField(max_length=120)
        area = models.ForeignKey(Area, models.PROTECT)
        kind = models.CharField(max_length=20)
        nature = models.CharField(max_length=20)
        location = models.CharField(max_length=20, blank=True)
        boarding = models.BooleanField(default=False)
        phone = models.CharField(max_length=20, blank=True)
        address = models.CharField(max_length=200, blank=True)
        since = models.DateField()

        class Meta:
            app_label = "peer"

        def __str__(self) -> str:
            return self.code

    class YesNo(widgets.BooleanWidget):
        TRUE_VALUES = ["是"]
        FALSE_VALUES = ["否"]

    def column(name: str, widget: object = None) -> fields.Field:
        return fields.Field(attribute=name, column_name=HEADINGS[name], widget=widget or widgets.CharWidget())

    given = {
        name: column(name) for name in ("code", "name", "kind", "nature", "location", "phone", "address")
    }
    given |= {
        "area_id": fields.Field(
            attribute="area_id", column_name=HEADINGS["area"], widget=widgets.CharWidget()
        ),
        "boarding": column("boarding", YesNo()),
        "since": column("since", widgets.DateWidget(format="%Y.%m.%d")),
    }
    meta = {
        "model": School, "import_id_fields": ("code",), "fields": tuple(given), "use_bulk": True,
        "batch_size": 5_000, "skip_diff": True, "force_init_instance": mode == "inserts",
        "clean_model_instances": mode == "checks", "instance_loader_class": CachedInstanceLoader,
        "use_transactions": True, "skip_html_diff": True,
    }  # fmt: skip
    resource_class = type("Schools", (resources.ModelResource,), given | {"Meta": type("Meta", (), meta)})
    with connection.schema_editor() as editor:
        editor.create_model(Area)
        editor.create_model(School)
    Area.objects.create(code="410802")
    import tablib

    began = time.process_time()
    table = tablib.Dataset().load(workbook.read_bytes(), format="xlsx")
    done = resource_class().import_data(table, dry_run=False, raise_errors=True)
    cpu = time.process_time() - began
    assert School.objects.count() == done.total_rows == len(table)
    sys.stdout.write(json.dumps({"rows": len(table), "cpu": cpu}) + "\n")


HEADINGS = {
    "code": "学校标识码", "name": "校名", "area": "所在区划", "kind": "办学类型", "nature": "办学性质",
    "location": "城乡分类", "boarding": "寄宿制", "phone": "联系电话", "address": "地址", "since": "设立日",
}  # fmt: skip

if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], sys.argv[3])
