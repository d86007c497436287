"""The peer of the import: django-import-export in its fastest mode, in an environment of its own.

``beside(file)`` makes the environment below the bench's temporary folder (its packages are in no lock of ours) and has
this very file run in it: the same workbook, the same columns, full validation of every row, bulk creation, no diff, no
audit, because it keeps none.
"""

# ruff: noqa: PLC0415 (Django is set up first)

import json
import subprocess
import sys
import time
import venv
from pathlib import Path

PACKAGES = ("django>=5.2,<6", "django-import-export[xlsx]>=4,<5")


def beside(folder: Path, workbook: Path, runs: int) -> dict[str, list[dict[str, float]]] | str:
    """What each run took, by mode: with every row validated, and without; a sentence where the environment cannot be made."""
    home = folder / "peer"
    venv.create(home, with_pip=True)
    python = home / "bin" / "python"
    made = subprocess.run(
        [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *PACKAGES],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    if made.returncode:
        return f"the peer cannot be installed here: {made.stderr.strip().splitlines()[-1][:160]}"
    found: dict[str, list[dict[str, float]]] = {"checks": [], "no checks": []}
    for number in range(runs):
        for mode, kept in found.items():
            done = subprocess.run(
                [python, __file__, str(workbook), str(folder / f"{mode[:2]}-{number}.sqlite3"), mode],
                capture_output=True, text=True, check=False,
            )  # fmt: skip
            if done.returncode:
                return f"the peer broke: {done.stderr.strip().splitlines()[-1][:160]}"
            kept.append(json.loads(done.stdout.splitlines()[-1]))
    return found


def main(workbook: Path, database: str, *, checks: bool) -> None:
    """Read and import the workbook; prints rows, seconds of the processor, and the most memory."""
    import resource

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
        "batch_size": 5_000, "skip_diff": True, "force_init_instance": True, "clean_model_instances": checks,
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
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    sys.stdout.write(json.dumps({"rows": len(table), "cpu": cpu, "memory": memory}) + "\n")


HEADINGS = {
    "code": "学校标识码", "name": "校名", "area": "所在区划", "kind": "办学类型", "nature": "办学性质",
    "location": "城乡分类", "boarding": "寄宿制", "phone": "联系电话", "address": "地址", "since": "设立日",
}  # fmt: skip

if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], checks=sys.argv[3] == "checks")
