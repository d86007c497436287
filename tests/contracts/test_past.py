"""Every register is readable as of a past day, on every surface: what it knew then, and nothing of what came later."""

import json
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.urls import reverse

from junheng.platform.audit.append import append_many
from junheng.platform.audit.chain import Draft
from junheng.platform.registers import Register, every_register
from junheng.platform.registers.flags import LIST, SENSITIVE
from junheng.platform.registers.values import cell
from tests import cast
from tests.makers import make
from tests.makers.rows import THERE

pytestmark = pytest.mark.django_db
every = pytest.mark.parametrize("register", list(every_register().values()), ids=lambda one: one.slug)
DAY = date(2022, 6, 30)
LATER = datetime(2022, 7, 1, 0, 0, tzinfo=ZoneInfo("Asia/Shanghai"))


def change(register: Register[Any], row: Any, before: dict[str, Any] | None, after: dict[str, Any]) -> None:
    """An entry as the first second after the day wrote it."""
    key = {"row": row.pk} if isinstance(row.pk, int) else {"row_key": str(row.pk)}
    verb = "create" if before is None else "change"
    append_many([
        Draft(LATER, "houlai", "后来", verb, register.model._meta.label_lower, before=before, after=after, **key)
    ])  # fmt: skip


def changing(register: Register[Any], row: Any) -> tuple[Any, str, Any] | None:
    """A listed field that another row has otherwise, and its value there: what the row will have had before."""
    other = make(type(row))
    for field in register.flagged(LIST):
        column = register.model_field(field)
        if SENSITIVE in field.flags or column.primary_key or column.name in {"since", "until"}:
            continue
        value = column.value_to_string(other) if getattr(other, column.attname) is not None else None
        if column.is_relation:
            value = getattr(other, column.attname)
        if value is not None and getattr(other, column.attname) != getattr(row, column.attname):
            return field, column.attname, value
    return None


@every
def test_every_surface_reads_what_was_known(register: Register[Any], client: Client) -> None:
    row, fresh = make(register.model), make(register.model)
    found = changing(register, row)
    if found is not None:
        _field, name, value = found
        change(register, row, {name: value}, {name: str(getattr(row, name))})
    change(register, fresh, None, {fresh._meta.pk.attname: fresh.pk})
    user = cast.who_may(register, "export") or cast.who_may(register, "view")
    if user is None:
        pytest.skip("nobody over an area sees it")
    client.force_login(user)
    day = {"known": str(DAY), "on": "all"}
    page = client.get(reverse("registers:list", args=[register.slug]), day)
    assert page.status_code == 200
    rows = {one.pk: one for one in page.context["page"].rows}
    assert row.pk in rows
    assert fresh.pk not in rows
    answer = client.get(reverse("api:register", args=[register.slug]), {"known": str(DAY), "as_of": "all"})
    told = {one["id"]: one for one in json.loads(answer.content)["rows"]}
    assert set(told) == set(rows)
    detail = client.get(reverse("registers:detail", args=[register.slug, row.pk]), {"known": str(DAY)})
    assert detail.status_code == 200
    assert client.get(
        reverse("registers:detail", args=[register.slug, fresh.pk]), {"known": str(DAY)}
    ).status_code == 404  # fmt: skip
    if found is not None:
        field, name, value = found
        assert str(getattr(rows[row.pk], name)) == str(value) != str(getattr(row, name))
        then = cell(register, field, rows[row.pk]).text
        assert then in [one.text for one in detail.context["cells"] if one.name == field.name]
        assert told[row.pk][field.name] != json.loads(
            client.get(reverse("api:row", args=[register.slug, row.pk])).content
        )[field.name]  # fmt: skip
    if cast.role_for(register, "export"):
        sent = client.get(reverse("registers:export", args=[register.slug]), day | {"format": "csv"})
        assert b"".join(sent.streaming_content)  # type: ignore[attr-defined]
        assert sent["X-Rows"] == str(len(rows))


@every
def test_going_back_shows_nobody_more(register: Register[Any], client: Client) -> None:
    """What lay elsewhere then and lies elsewhere now is absent, whichever day is asked for."""
    outside = make(register.model, where=THERE)
    user = cast.who_may(register, "view")
    if user is None:
        pytest.skip("nobody over an area sees it")
    change(register, outside, {}, {})
    client.force_login(user)
    day = {"known": str(DAY), "on": "all"}
    rows = client.get(reverse("registers:list", args=[register.slug]), day).context["page"].rows
    assert outside.pk not in {one.pk for one in rows}
    assert client.get(
        reverse("registers:detail", args=[register.slug, outside.pk]), day
    ).status_code == 404  # fmt: skip
    client.force_login(cast.stranger())
    assert client.get(reverse("registers:list", args=[register.slug]), day).status_code == 404
