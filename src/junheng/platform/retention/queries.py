"""What is due to be destroyed: by register and county, the rows themselves, and what was destroyed."""

import hashlib
import json
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, QuerySet
from django.db.models.functions import Substr

from junheng.kernel.rulebook import InForce
from junheng.platform.access.scope import within_area
from junheng.platform.audit.chain import link
from junheng.platform.audit.history import draft_from
from junheng.platform.audit.models import Entry
from junheng.platform.registers.asker import Asker
from junheng.platform.registers.registry import every_register
from junheng.platform.retention.models import Erasure, State
from junheng.platform.retention.rules import Keep, every_companion, every_rule
from junheng.platform.sealing import key_field
from junheng.platform.sealing.beside import files_of
from junheng.platform.sealing.erased import Destroyed, keys_of, list_path
from junheng.platform.sealing.keeping import name_of

COUNTY = 6
LISTED = 100


@dataclass(frozen=True, slots=True)
class Unit:
    """One county with what is due there."""

    area: str
    name: str
    count: int


@dataclass(frozen=True, slots=True)
class Due:
    """What is due by one rule."""

    rule: Keep
    years: InForce[int]
    cutoff: Any
    units: list[Unit]

    @property
    def count(self) -> int:
        """All of it."""
        return sum(one.count for one in self.units)


def due_rows(rule: Keep, asker: Asker, *, area: str = "", cutoff: Any = None) -> "QuerySet[Any]":
    """The rows that are due and within the scope, whose key is still there."""
    register = rule.register
    rows = asker.within(register.model._default_manager.all(), register, "change")
    rows = rows.filter(rule.ended(cutoff or rule.cutoff(asker.today)))
    rows = rows.exclude(**{key_field(register.model).name: ""})
    return rows.filter(within_area(str(register.area), area)) if area and register.area else rows


def all_due(asker: Asker) -> list[Due]:
    """What is due by every rule that this person carries out, by county. A question a rule."""
    names = (
        {row.pk: str(row) for row in every_register()["areas"].rows()} if "areas" in every_register() else {}
    )
    found = []
    for rule in every_rule():
        if not asker.may("change", rule.register):
            continue
        counted = (
            due_rows(rule, asker)
            .order_by()
            .values_list(Substr(f"{rule.register.area}_id", 1, COUNTY))
            .annotate(Count("pk", distinct=True))
        )
        units = [Unit(area, names.get(area, area), count) for area, count in sorted(counted)]
        found.append(Due(rule, rule.in_force(asker.today), rule.cutoff(asker.today), units))
    return found


def keys_in(rows: "QuerySet[Any]") -> list[Destroyed]:
    """The keys of rows, in the order of their numbers."""
    table, name = rows.model._meta.db_table, key_field(rows.model).name
    found = rows.order_by("pk").values_list("pk", name)
    return [Destroyed(table, pk, name_of(seal)) for pk, seal in found.distinct()]


def keys_with(rule: Keep, rows: "QuerySet[Any]") -> list[Destroyed]:
    """The keys of rows and, after them, of what other mechanisms keep about the same rows."""
    keys = keys_in(rows)
    numbers = [one.row for one in keys]
    for one in every_companion():
        here = one.model._base_manager.filter(one.rows(rule.slug, numbers))
        keys += keys_in(here.exclude(**{key_field(one.model).name: ""}))
    return keys


def digest_of(keys: list[Destroyed]) -> str:
    """The digest of a list of keys: a line for each, in their order."""
    lines = "".join(f"{one.table} {one.row} {one.name}\n" for one in keys)
    return hashlib.sha256(lines.encode()).hexdigest()


def waiting_for(asker: Asker) -> list[Erasure]:
    """The erasures that this person may carry out: proposed by somebody else, in their place."""
    proposed = Erasure.objects.filter(state=State.PROPOSED).exclude(proposed_by=asker.user.get_username())
    return [one for one in proposed if may_decide(one, asker)]


def seen_by(asker: Asker) -> list[Erasure]:
    """The latest erasures of the registers and places of this person."""
    return [one for one in Erasure.objects.all()[:LISTED] if may_decide(one, asker)]


def may_decide(erasure: Erasure, asker: Asker) -> bool:
    """Whether an erasure lies where this person may change rows."""
    rule = next((one for one in every_rule() if one.slug == erasure.register), None)
    if rule is None or not asker.may("change", rule.register):
        return False
    rows = rule.register.model._default_manager.all()
    if erasure.row is not None:
        rows = rows.filter(pk=erasure.row)
    elif erasure.area:
        rows = rows.filter(within_area(str(rule.register.area), erasure.area))
    return asker.within(rows, rule.register, "change").exists()


@dataclass(frozen=True, slots=True)
class Proof:
    """What shows that an erasure happened and cannot be undone."""

    entry: Entry
    link_holds: bool
    """Whether the entry is what was hashed, after the entry before it."""
    list_holds: bool
    """Whether the list beside the keys has exactly the keys whose digest the entry names."""
    keys_left: int
    """How many of these rows still have the very key that was destroyed: none."""
    files: int
    """How many of these rows had a sealed file beside the database."""
    files_left: int
    """How many of these files still lie there: none."""
    examples: list[Any]


def proof_of(erasure: Erasure) -> Proof | None:
    """The proof of an erasure that was carried out; ``None`` where its entry is not there."""
    entry = Entry.objects.filter(pk=erasure.entry).first() if erasure.entry is not None else None
    if entry is None:
        return None
    before = Entry.objects.filter(pk=entry.pk - 1).values_list("hash", flat=True).first() or "0" * 64
    keys = listed_for(erasure)
    model = next(one for one in every_rule() if one.slug == erasure.register).register.model
    own = [one.row for one in keys if one.table == model._meta.db_table]
    left = 0
    files = []
    for each in [model, *(one.model for one in every_companion())]:
        here = {one.row: one.name for one in keys if one.table == each._meta.db_table}
        left += sum(one.name == here[one.row] for one in keys_of(each, here))
        files += files_of(each, here)
    rows = model._default_manager.in_bulk(own[:5])
    return Proof(
        entry=entry,
        link_holds=link(before, entry.pk, draft_from(entry)) == entry.hash,
        list_holds=digest_of(keys) == erasure.digest == (entry.after or {}).get("digest"),
        keys_left=left,
        files=len(files),
        files_left=sum(one.is_file() for one in files),
        examples=list(rows.values()),
    )


def listed_for(erasure: Erasure) -> list[Destroyed]:
    """The keys that the list beside the ring names for one erasure."""
    path = list_path()
    if not path.exists():
        return []
    lines = path.read_text("ascii").splitlines()
    for name in (erasure.because, f"erasure {erasure.pk}"):  # lists of earlier versions have the number alone
        if said := [json.loads(line) for line in lines if f'"{name}"' in line]:
            return [Destroyed(one["table"], one["row"], one["key"]) for one in said]
    return []
