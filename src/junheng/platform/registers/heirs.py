"""What an old code or name means today: who carries on for a unit that was renamed, recoded or merged.

Told by whoever keeps lineage; asked where files and programs name rows. What had ended before it happened stays the
old unit's, and so does what happened on an earlier day.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import ForeignKey, Model
from django.utils.translation import gettext as _

from junheng.platform.registers.asker import Asker
from junheng.platform.registers.cells import day_of
from junheng.platform.registers.declare import Register
from junheng.platform.registers.finding import among
from junheng.platform.registers.forms import LookUp, look_up
from junheng.platform.registers.keys import reference
from junheng.platform.registers.registry import register_of


@dataclass(frozen=True, slots=True)
class Heirs:
    """Who carries on for what a text named: their numbers as text, since which day, and the number of what it named."""

    since: date
    keys: tuple[str, ...]
    was: frozenset[str] = frozenset()


Teller = Callable[[Register[Any], Collection[str]], Mapping[str, Heirs]]
"""Answers, of many texts, those that are old codes or names of units, with a number of questions that does not grow."""
_TELLERS: list[Teller] = []


def tells_heirs(teller: Teller) -> None:
    """Have a mechanism asked what old codes and names mean."""
    if teller not in _TELLERS:
        _TELLERS.append(teller)


def heirs_of(register: Register[Any], texts: Collection[str]) -> dict[str, Heirs]:
    """What these texts mean today, as far as they are old codes or names."""
    found: dict[str, Heirs] = {}
    for teller in _TELLERS if texts else ():
        found |= teller(register, texts)
    return found


@dataclass(frozen=True, slots=True)
class Meant:
    """What an old word means in a line: another word for it, or the sentence why it is not known."""

    text: str = ""
    wrong: str = ""


class Understanding:
    """Old codes and names in the relations of some lines, and what they mean."""

    def __init__(
        self,
        register: Register[Any],
        asker: Asker,
        texts: Mapping[str, Collection[str]],
        look_ups: Mapping[str, LookUp],
    ) -> None:
        self.register = register
        self.known: dict[str, dict[str, tuple[date, list[Model]]]] = {}
        for name, words in texts.items():
            column = register.model_field(name)
            other = register_of(column.related_model) if isinstance(column, ForeignKey) else None
            if other is not None and name in look_ups and (found := heirs_of(other, words)):
                self.known[name] = living(other, asker, found, look_ups[name])

    def meant(self, name: str, text: str, line: Mapping[str, str]) -> Meant | None:
        """What a word of a line means today; ``None`` where it means what it says."""
        since, rows = self.known.get(name, {}).get(text, (date.min, []))
        if not rows or is_past(self.register, line, since):
            return None
        if len(rows) == 1:
            return Meant(text=reference(rows[0]))
        return Meant(wrong=several(text, rows))


def understanding(
    register: Register[Any],
    asker: Asker,
    lines: Iterable[Mapping[str, str]],
    look_ups: Mapping[str, LookUp] | None = None,
) -> Understanding:
    """What is old in the relations of some lines: one question a relation, however many lines."""
    texts: dict[str, set[str]] = {}
    for line in lines:
        for name, text in line.items():
            if text and isinstance(register.model_field(name), ForeignKey):
                texts.setdefault(name, set()).add(text)
    looks = look_ups or {name: look_up(register, name, asker) for name in texts}
    return Understanding(register, asker, texts, looks)


def understood(
    olds: Understanding, texts: Mapping[str, str], line: Mapping[str, str]
) -> tuple[dict[str, str], dict[str, str]]:
    """The texts of one line with old codes and names put into today's, and what is wrong with those of several.

    ``line`` is the whole row as it would be: it says of which time it is.
    """
    new, wrong = dict(texts), dict[str, str]()
    for name in olds.known.keys() & texts.keys():
        if meant := olds.meant(name, texts[name], line):
            if meant.wrong:
                wrong[name] = meant.wrong
            else:
                new[name] = meant.text
    return new, wrong


def living(
    other: Register[Any], asker: Asker, found: Mapping[str, Heirs], look: LookUp
) -> dict[str, tuple[date, list[Model]]]:
    """The rows of the heirs, of those words that name nobody else today. One question for all of them."""
    keys = {key for one in found.values() for key in one.keys}
    rows = rows_by_key(other, asker.may_refer_to(other, other.rows()), keys)
    known = {}
    for text, one in found.items():
        named = {str(row.pk) for row in look(text)}
        if not named or named <= one.was:
            known[text] = (one.since, [rows[key] for key in one.keys if key in rows])
    return known


def rows_by_key(register: Register[Any], rows: Any, keys: Collection[str]) -> dict[str, Model]:
    """Rows by their number as text."""
    column = register.model._meta.pk
    numbers = [column.to_python(key) for key in keys]
    return {str(row.pk): row for row in rows.filter(among(register.model, "pk", numbers))} if keys else {}


def is_past(register: Register[Any], line: Mapping[str, str], since: date) -> bool:
    """Whether a line is about a time before a day: it ends by then, or it is about a day before."""
    if register.until is not None:
        end = day_of(line.get(register.until, "") or "")
        return end is not None and end <= since
    day = day_of(line.get(register.since, "") or "") if register.since else None
    return day is not None and day < since


def several(text: str, rows: Collection[Model]) -> str:
    """The sentence about an old code or name that several carry on for."""
    return _("「%(old)s」是旧代码或旧名称，现由多个单位承接：%(now)s。请写明现在的代码。") % {
        "old": text,
        "now": "、".join(reference(row) for row in rows),
    }


def told(column: str, old: str, now: str, count: int) -> str:
    """What a preview says about an old code or name that was understood."""
    return _("「%(column)s」旧码或旧名 %(old)s 现为 %(now)s，已按现在的单位处理（%(count)s 处）。") % {
        "column": column,
        "old": old,
        "now": now,
        "count": count,
    }
