"""Finding what the lines of a file mean: their rows, and the rows that their cells name, a few questions for all."""

import json
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import connection
from django.db.models import IntegerField, Model, Q
from django.db.models.expressions import RawSQL
from django.utils.translation import gettext as _

from junheng.platform.registers.asker import Asker
from junheng.platform.registers.declare import Register
from junheng.platform.registers.formfields import KeyField
from junheng.platform.registers.forms import LookUp, form_class, look_up, meanings, meant
from junheng.platform.registers.keys import NUMBER, mask, row_key
from junheng.platform.registers.problems import Problem
from junheng.platform.registers.registry import register_of
from junheng.platform.registers.values import written
from junheng.platform.sealing import blind, ring
from junheng.platform.sealing.ring import Ring

FEW = 200
"""Values that are listed in a question one by one; more go as one list."""


def among(model: type[Model], name: str, values: Iterable[Any]) -> Q:
    """A condition that holds where a column has one of these values: one question, however many there are."""
    column = model._meta.pk if name == "pk" else model._meta.get_field(name)
    wanted = list(values)
    if len(wanted) <= FEW:
        return Q(**{f"{name}__in": wanted})
    if connection.vendor == "postgresql":
        kind = "bigint" if isinstance(column, IntegerField) else "text"
        sql = f"SELECT value::{kind} FROM jsonb_array_elements_text(%s::jsonb)"  # noqa: S608 (one of two words)
    else:
        sql = "SELECT value FROM json_each(%s)"
    return Q(**{f"{name}__in": RawSQL(sql, [json.dumps(wanted, default=str)])})  # noqa: S611 (no text of a user in it)


class RowFinder:
    """Finds the rows that lines of a file mean: by number where one is given, else by key."""

    def __init__(self, register: Register[Any], asker: Asker, places: dict[str, int]) -> None:
        self.register = register
        self.asker = asker
        self.places = places
        self.ring: Ring | None = None
        key = row_key(register)
        self.key = key if all(one.name in places for one in key) else ()
        columns: list[Any] = [register.model_field(one) for one in self.key]
        self.blinds = [getattr(one, "blind", None) for one in columns]
        """For each part of the key, the column that a sealed number is looked up by."""
        self.number = "" if self.key else sealed_number(register, places)
        """The sealed column by whose whole value rows are found where neither number nor key is given."""

    def rows_for(self, lines: Sequence[dict[str, str]]) -> list["Model | Problem | None"]:
        """For each line its row, ``None`` for a new one, or what is wrong."""
        by_number = self.by_number({cells["id"] for cells in lines if cells.get("id")})
        keys = [self.key_of(cells) if self.key and not cells.get("id") else () for cells in lines]
        by_key = self.by_key(filter(None, keys))
        by_sealed = self.by_sealed(
            {cells[self.number] for cells in lines if self.number and not cells.get("id")}
        )
        found: list[Model | Problem | None] = []
        for cells, key in zip(lines, keys, strict=True):
            if number := cells.get("id"):
                found.append(by_number.get(number) or self.no_such_number(number))
            elif self.key:
                found.append(by_key.get(key) or self.masked_key(cells))
            elif self.number:
                found.append(self.only_one(by_sealed, cells[self.number]))
            else:
                found.append(None)
        return found

    def no_such_number(self, number: str) -> Problem:
        """The sentence about a number that is nobody's, or somebody else's."""
        reason = _("没有编号为「%(n)s」的记录，或它不在您的权限范围内。新增记录请将编号留空。")
        return Problem(0, NUMBER, number, reason % {"n": number}, "row", self.places["id"])

    def masked_key(self, cells: dict[str, str]) -> "Problem | None":
        """The sentence about a number that is masked: it was exported so, and means nobody."""
        for one, column in zip(self.key, self.blinds, strict=True):
            if column is not None and "*" in (text := cells[one.name]):
                label = self.register.label_of(one)
                reason = _(
                    "这个%(label)s是遮盖的，不知道指的是哪一条。请保留导出文件里的“编号”列，或填写完整号码。"
                )
                return Problem(0, label, text, reason % {"label": label}, "row", self.places[one.name])
        return None

    def key_of(self, cells: dict[str, str]) -> tuple[Any, ...]:
        """The key of a line, as written; of a sealed number what it is looked up by."""
        if not any(self.blinds):
            return tuple([cells[one.name] for one in self.key])
        return tuple(
            cells[one.name] if column is None else self.digest(cells[one.name])
            for one, column in zip(self.key, self.blinds, strict=True)
        )

    def digest(self, text: str) -> str:
        """What a number is looked up by; the ring is asked for once, not for every line."""
        if self.ring is None:
            self.ring = ring()
        return self.ring.blind(text) if text else ""

    def is_found_by(self, name: str, row: Model, text: str) -> bool:
        """Whether a text is the sealed number that a row is found by, however its letters are written."""
        for one, column in zip(self.key, self.blinds, strict=True):
            if one.name == name and column is not None:
                return bool(text) and self.digest(text) == getattr(row, column.attname)
        return False

    def by_number(self, numbers: set[str]) -> dict[str, Model]:
        """The rows with these numbers within the scope."""
        wanted = [int(one) for one in numbers if one.isascii() and one.isdigit() and len(one) < 19]
        return (
            {str(row.pk): row for row in self.mine(among(self.register.model, "pk", wanted))}
            if wanted
            else {}
        )

    def by_key(self, keys: Iterable[tuple[Any, ...]]) -> dict[tuple[Any, ...], Model]:
        """The rows with these keys within the scope."""
        wanted = set(keys)
        if not wanted:
            return {}
        return {
            tuple(
                written(self.register, one, row) if column is None else getattr(row, column.attname)
                for one, column in zip(self.key, self.blinds, strict=True)
            ): row
            for row in self.mine(self.any_of(wanted))
        }

    def by_sealed(self, numbers: set[str]) -> dict[str, list[Model]]:
        """The rows with these sealed numbers, by what a number is looked up by: only those this person may unmask."""
        wanted = {blind(one) for one in numbers if one}
        if not wanted:
            return {}
        column: Any = self.register.model_field(self.number)
        condition = among(self.register.model, column.blind.name, wanted)
        rows = self.asker.found_by_number(
            self.register.model._default_manager.filter(condition), self.register
        )
        found: dict[str, list[Model]] = {}
        for row in self.mine(Q(pk__in=rows.order_by().values("pk"))):
            found.setdefault(getattr(row, column.blind.attname), []).append(row)
        return found

    def only_one(self, by_sealed: dict[str, list[Model]], number: str) -> "Model | Problem | None":
        """The one row with a sealed number; where several have it, a number of the row is needed."""
        rows = by_sealed.get(blind(number), []) if number else []
        if len(rows) < 2:
            return rows[0] if rows else None
        label = self.register.label_of(self.number)
        reason = _("有 %(n)s 条记录是这个%(label)s，不知道指的是哪一条。请加上“编号”列，写明是哪一条。")
        place = self.places[self.number]
        return Problem(0, label, mask(number), reason % {"n": len(rows), "label": label}, "row", place)

    def mine(self, condition: Q) -> "Iterable[Any]":
        """The rows within the scope for which a condition holds."""
        return self.asker.within(self.register.rows(), self.register, "import").filter(condition)

    def any_of(self, keys: set[tuple[Any, ...]]) -> Q:
        """A condition that holds for rows whose first key column is one of those written."""
        one = self.key[0]
        if self.blinds[0] is not None:
            return among(self.register.model, self.blinds[0].name, {key[0] for key in keys if key[0]})
        column = self.register.model_field(one)
        values = []
        for value in {key[0] for key in keys if key[0]}:
            try:
                values.append(column.to_python(value))
            except ValidationError:
                continue
        return among(self.register.model, one.name, values)


def sealed_number(register: Register[Any], places: dict[str, int]) -> str:
    """The first sealed column of a file that rows can be looked up by; empty where there is none."""
    columns = (one.name for one in register.fields if one.name in places)
    return next((name for name in columns if getattr(register.model_field(name), "blind", None)), "")


def bulk_look_ups(
    register: Register[Any], asker: Asker, texts: Callable[[str], set[str]] | None = None
) -> dict[str, LookUp]:
    """For each relation a look-up that asks as little as it can: once for all ``texts`` of a column where they are
    known, else once for each different text.
    """
    return {
        name: look_up_all(register, name, asker, texts(name))
        if texts
        else remembering(look_up(register, name, asker))
        for name, form_field in form_class(register).base_fields.items()
        if isinstance(form_field, KeyField)
    }


def remembering(look: LookUp) -> LookUp:
    """The same look-up, asking once for each text."""
    known: dict[str, list[Any]] = {}

    def find(text: str) -> list[Any]:
        if text not in known:
            known[text] = look(text)
        return known[text]

    return find


def look_up_all(register: Register[Any], name: str, asker: Asker, texts: set[str]) -> LookUp:
    """Like ``forms.look_up``, with one question for each way in which a text may name a row."""
    model: Any = register.model_field(name).related_model
    other = register_of(model)
    rows = asker.may_refer_to(other, other.rows()) if other else model._default_manager.all()
    wanted: dict[str, dict[str, set[str]]] = {}
    for text in texts:
        for condition in meanings(other, model, text):
            for column, value in condition.items():
                wanted.setdefault(column, {}).setdefault(str(value), set()).add(text)
    answers: dict[str, dict[str, list[Any]]] = {}
    for column, values in wanted.items():
        whole = column == "pk" or isinstance(model._meta.get_field(column), IntegerField)
        asked = [int(one) for one in values if one.isdigit()] if whole and column != "pk" else list(values)
        asked = pk_values(model, asked) if column == "pk" else asked
        found = answers.setdefault(column, {})
        here = meant(asker, other, rows, [column]) if other else rows
        for row in here.filter(among(model, column, asked)):
            found.setdefault(str(getattr(row, column)), []).append(row)
    once = look_up(register, name, asker)

    def find(text: str) -> list[Any]:
        if text not in texts:
            return once(text)
        for condition in meanings(other, model, text):
            for column, value in condition.items():
                if here := answers.get(column, {}).get(str(value)):
                    return here[:2]
        return []

    return find


def pk_values(model: type[Model], texts: list[Any]) -> list[Any]:
    """Row numbers as the table has them; what cannot be one is left out."""
    found = []
    for text in texts:
        try:
            found.append(model._meta.pk.to_python(text))
        except ValidationError:
            continue
    return found
