"""Finding rows by words, sounds and initials, each register within the scope of whoever asks."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, IntegerField, QuerySet, Value, When
from django.db.models.functions import Length, StrIndex
from django.urls import reverse

from junheng.platform.registers import Register, every_register
from junheng.platform.registers.asker import Asker
from junheng.platform.registers.keys import named
from junheng.platform.searching.guessing import near
from junheng.platform.searching.index import searched_registers
from junheng.platform.searching.models import SearchName
from junheng.platform.searching.reading import folded

EACH = 8
"""Rows of one register that one answer names; its list has the rest."""
LONGEST = 60
MOST = 5_000
"""Rows of one register that are asked of the scope: a word that more of them hold is no name."""


@dataclass(frozen=True, slots=True)
class Hit:
    """One row that was found."""

    name: str
    area: str
    address: str


@dataclass(frozen=True, slots=True)
class Group:
    """What was found in one register; ``more`` says that there is more than is shown."""

    register: Register[Any]
    hits: list[Hit]
    more: bool


@dataclass(frozen=True, slots=True)
class Found:
    """The answer; ``guessed`` where nothing matched and something near was taken."""

    groups: list[Group]
    guessed: bool = False

    def __len__(self) -> int:
        return sum(len(group.hits) for group in self.groups)


def find(text: str, asker: Asker, *, each: int = EACH) -> Found:
    """Rows whose names hold every word, as it is written or by how it is read; the nearest where none does.

    A fixed number of questions to the database, however many rows there are.
    """
    words = words_of(text)
    readable = {one.slug: one for one in searched_registers() if asker.may("view", one)}
    if not words or not readable:
        return Found([])
    names = SearchName.objects.filter(register__in=readable)
    exact = holding(names.alias(begins=StrIndex("keys", Value("\n" + words[0]))), words)
    groups = groups_in(exact.order_by(rank(words[0]), Length("name"), "row"), readable, asker, each)
    if groups:
        return Found(groups)
    close = near(names, words)
    return Found(groups_in(close, readable, asker, each), guessed=True) if close is not None else Found([])


def words_of(text: str) -> list[str]:
    """The words of a question, as the index keeps them."""
    return folded(text[:LONGEST]).replace("'", "").split()


def holding(names: "QuerySet[SearchName]", words: Sequence[str]) -> "QuerySet[SearchName]":
    """The names that hold every word somewhere; a place in text is found faster than a pattern is compared."""
    for number, word in enumerate(words):
        at = f"at_{number}"
        names = names.alias(**{at: StrIndex("keys", Value(word))}).filter(**{f"{at}__gt": 0})
    return names


def rank(word: str) -> Case:
    """The whole name first, then its beginning, then a reading or code from its beginning, then anywhere."""
    return Case(
        When(name=word, then=Value(0)),
        When(name__startswith=word, then=Value(1)),
        When(begins__gt=0, then=Value(2)),
        default=Value(3),
        output_field=IntegerField(),
    )


def groups_in(
    names: "QuerySet[SearchName]", registers: Mapping[str, Register[Any]], asker: Asker, each: int
) -> list[Group]:
    """The names that somebody may see, by register, in their order: one look at the index, then the scopes."""
    found: dict[str, list[int]] = {slug: [] for slug in registers}
    for slug, number in names.values_list("register", "row"):
        if len(found[slug]) < MOST:
            found[slug].append(number)
    groups = []
    for slug, numbers in found.items():
        if numbers and (inside := in_scope(registers[slug], numbers, asker)):
            groups.append(Group(registers[slug], hits_of(registers[slug], inside[:each]), len(inside) > each))
    return groups


def in_scope(register: Register[Any], numbers: list[int], asker: Asker) -> list[int]:
    """The numbers of the rows that somebody may see, in the same order."""
    rows = register.model._default_manager.filter(pk__in=numbers).order_by()
    seen = set(asker.within(rows, register, "view").values_list("pk", flat=True))
    return [number for number in numbers if number in seen]


def hits_of(register: Register[Any], numbers: Sequence[int]) -> list[Hit]:
    """The rows with these numbers, as the answer names them."""
    rows = {row.pk: row for row in register.rows().filter(pk__in=numbers)}
    areas = areas_of(register, numbers)
    return [
        Hit(
            name=named(rows[number]),
            area=areas.get(number, ""),
            address=reverse("registers:detail", args=[register.slug, number]),
        )
        for number in numbers
        if number in rows
    ]


def areas_of(register: Register[Any], numbers: Sequence[int]) -> dict[int, str]:
    """The names of the areas in which rows lie."""
    areas = every_register().get("areas")
    if areas is None or register.area is None:
        return {}
    codes = dict(register.model._default_manager.filter(pk__in=numbers).values_list("pk", register.area))
    names = {row.pk: str(row) for row in areas.rows().filter(pk__in=set(codes.values()))}
    return {number: names.get(code, "") for number, code in codes.items()}
