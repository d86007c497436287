"""Who could see a row on a day, who looked at what is masked in it, and who took it out in a file."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import Model

from junheng.kernel.errors import Refusal
from junheng.platform.access.holders import holders
from junheng.platform.access.models import Grant
from junheng.platform.access.roles import OVERSEERS, Role
from junheng.platform.access.scope import roles_of
from junheng.platform.audit.append import place_of
from junheng.platform.audit.history import last_entry_by
from junheng.platform.audit.models import Entry, Verb
from junheng.platform.registers.asker import Asker
from junheng.platform.registers.declare import Register
from junheng.platform.registers.flags import SENSITIVE
from junheng.platform.registers.listing import read_query, rows_for
from junheng.platform.registers.registry import every_register
from junheng.platform.registers.stories import names_in

MOST = 200
"""Readings and exports of one day that are named; the audit has them all."""


@dataclass(frozen=True, slots=True)
class Onlooker:
    """Somebody who could see the row: by which role, over which place, since when, and whether also unmasked."""

    who: str
    login: str
    closed: bool
    role: str
    place: str
    since: date
    unmasks: bool


@dataclass(frozen=True, slots=True)
class Reading:
    """Somebody who did see: what is masked, or the row in an exported file."""

    number: int
    at: datetime
    who: str
    why: str
    fields: str
    rows: int | None


def may_oversee(asker: Asker) -> bool:
    """Whether this person may ask who else could see what they see themselves."""
    return bool(OVERSEERS & set(roles_of(asker.user, on=asker.today)))


def could_see(register: Register[Any], row: Model, *, on: date, today: date) -> list[Onlooker]:
    """Everybody whose grants reached the row on a day, by the same scope that answers every page."""
    grants = [one for one in holders(row, register, "view", on=on) if on < today or one.user.is_active]
    masks = bool(register.flagged(SENSITIVE))
    unmasking = {one.pk for one in holders(row, register, "unmask", on=on)} if masks else set()
    places = place_names(grants)
    return [
        Onlooker(
            who=str(one.user),
            login=one.user.get_username(),
            closed=not one.user.is_active,
            role=Role(one.role).label,
            place=places[one.pk],
            since=one.since,
            unmasks=one.pk in unmasking,
        )
        for one in grants
    ]


def place_names(grants: Iterable[Grant]) -> dict[int, str]:
    """Kindergarten, class, school or area of each grant by name: one question a register, however many grants."""
    kinds = (
        ("kindergartens", "kindergarten"),
        ("classes", "school_class"),
        ("schools", "school"),
        ("areas", "area"),
    )
    grants = list(grants)
    found = {one.pk: str(one.area) for one in grants}
    open_ones = grants
    for slug, attribute in kinds:
        register = every_register().get(slug)
        numbers = {number for one in open_ones if (number := getattr(one, attribute)) is not None}
        if register is None or not numbers:
            continue
        names = {row.pk: str(row) for row in register.rows().filter(pk__in=numbers)}
        named = [one for one in open_ones if getattr(one, attribute) in names]
        found |= {one.pk: names[getattr(one, attribute)] for one in named}
        open_ones = [one for one in open_ones if one not in named]
    return found


def did_see(register: Register[Any], row: Model, *, on: date) -> list[Reading]:
    """The readings of masked values of this row on a day, latest first."""
    entries = entries_on(register, Verb.READ, on).filter(**place_of(row))
    return readings_of(register, list(entries[:MOST]))


def took_out(register: Register[Any], row: Model, *, on: date) -> list[Reading]:
    """The exports of a day whose query holds this row, judged by the row and the rights as they are now."""
    entries = list(entries_on(register, Verb.EXPORT, on)[:MOST])
    users = {
        user.get_username(): user
        for user in get_user_model()._default_manager.filter(username__in={one.who for one in entries})
    }
    return readings_of(register, [one for one in entries if held_in(register, row, one, users.get(one.who))])


def held_in(register: Register[Any], row: Model, entry: Entry, user: Any) -> bool:
    """Whether an export's query holds a row; of an account or a query that is no more it is assumed."""
    if user is None:
        return True
    said = entry.after or {}
    if "only" in said:
        return row.pk in said["only"]
    try:
        query = read_query(register, said.get("query", {}), default_day=entry.at.date())
        return rows_for(register, Asker(user, entry.at), query, verb="export").filter(pk=row.pk).exists()
    except Refusal:
        return True


def entries_on(register: Register[Any], verb: Verb, on: date) -> Any:
    """The entries of one kind about a register on a day in Shanghai, found by their numbers."""
    before, last = last_entry_by(on - timedelta(days=1)), last_entry_by(on)
    here = Entry.objects.filter(id__gt=before, id__lte=last)
    return here.filter(table=register.model._meta.label_lower, verb=verb).order_by("-id")


def readings_of(register: Register[Any], entries: list[Entry]) -> list[Reading]:
    """Entries as people read them."""
    names = names_in(entries)
    return [
        Reading(
            number=entry.id,
            at=entry.at,
            who=names.get(entry.who, entry.who),
            why=entry.why,
            fields="、".join(
                register.label_of(name) for name in (entry.after or {}).get("fields", []) if register.f(name)
            ),
            rows=(entry.after or {}).get("rows"),
        )
        for entry in entries
    ]
