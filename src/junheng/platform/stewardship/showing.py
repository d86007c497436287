"""Proposals as people read them: old, new, and what the row says now; with a number of questions that rows do not raise."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Model
from django.utils import timezone

from junheng.platform.audit.save import columns_of
from junheng.platform.registers import Level, Register, every_register
from junheng.platform.registers.asker import Asker
from junheng.platform.registers.flags import SENSITIVE
from junheng.platform.registers.keys import named
from junheng.platform.registers.stories import KEYS, in_words, related_words
from junheng.platform.stewardship.actions import is_stale
from junheng.platform.stewardship.deciding import decidable
from junheng.platform.stewardship.limits import Due, due_on, limits_on
from junheng.platform.stewardship.models import Kind, Proposal


@dataclass(frozen=True, slots=True)
class Words:
    """One field of a proposal: when it was made, now, and as proposed."""

    label: str
    before: str
    now: str
    after: str
    sensitive: bool


@dataclass(frozen=True, slots=True)
class Shown:
    """A proposal with everything a page says about it."""

    proposal: Proposal
    register: Register[Any]
    row: Model | None
    name: str
    fields: list[Words]
    stale: bool
    due: Due
    late: bool
    own: bool
    mine: bool
    """Whether this person may decide it now: within his power, made by another, and not stale."""

    @property
    def masked(self) -> bool:
        """Whether it holds values that stand masked."""
        return self.row is not None and any(one.sensitive for one in self.fields)

    @property
    def decider(self) -> str:
        """Who decides."""
        return Level(self.proposal.decider).label


@dataclass(slots=True)
class Group:
    """The proposals of one register."""

    register: Register[Any]
    shown: list[Shown] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Now:
    """A row as it is, in the shape of an entry, so that its relations are named with the others."""

    row: Any
    before: dict[str, Any] | None
    after: dict[str, Any]


def show(proposals: Sequence[Proposal], asker: Asker, *, on: date, clear: bool = False) -> list[Group]:
    """The proposals by register, in the order they came; ``clear`` shows sensitive values as they are."""
    within = limits_on(on).decide
    mine = set(decidable(asker).filter(pk__in=[one.pk for one in proposals]).values_list("pk", flat=True))
    by_slug: dict[str, list[Proposal]] = defaultdict(list)
    for one in proposals:
        by_slug[one.register].append(one)
    groups = []
    for slug, register in every_register().items():
        if slug in by_slug:
            group = Group(register)
            for one, row, words, stale in in_words_of(register, by_slug[slug], clear=clear):
                due = due_on(timezone.localdate(one.at), within)
                own = one.by_id == asker.user.pk
                group.shown.append(
                    Shown(
                        one, register, row, named(row) if row is not None else "", words, stale, due,
                        due.day < on, own, one.pk in mine and not own and not stale,
                    )
                )  # fmt: skip
            groups.append(group)
    return groups


def in_words_of(
    register: Register[Any], proposals: Sequence[Proposal], *, clear: bool
) -> Iterable[tuple[Proposal, Model | None, list[Words], bool]]:
    """Each proposal with its row, its fields in words, and whether the row changed since."""
    wanted = {key_of(one) for one in proposals if one.kind != Kind.NEW}
    rows = {row.pk: row for row in register.rows().filter(pk__in=wanted)} if wanted else {}
    stored = {pk: columns_of(row) for pk, row in rows.items()}
    nows = [
        Now(one.row, None, {name: stored[key_of(one)][name] for name in one.before})
        for one in proposals
        if one.before and key_of(one) in stored
    ]
    known = related_words(register, [*proposals, *nows])  # type: ignore[list-item] # all have the shape of an entry
    for one in proposals:
        row = rows.get(key_of(one))
        columns = stored.get(key_of(one))
        stale = columns is not None and is_stale(one, columns)
        yield one, row, words_of(register, one, columns, known, clear=clear), stale


def key_of(one: Proposal) -> Any:
    """The key of the row a proposal is about."""
    return one.row if one.row is not None else one.row_key


def words_of(
    register: Register[Any],
    one: Proposal,
    stored: Mapping[str, Any] | None,
    known: Mapping[Any, str],
    *,
    clear: bool,
) -> list[Words]:
    """The fields of a proposal; sensitive values with their masks unless ``clear``."""
    seal = known.get((KEYS, one.row), "")
    now = {name: stored[name] for name in one.after if name in stored} if stored and one.before else None
    before, there, after = (
        in_words(register, part, known, seal=seal, clear=clear) for part in (one.before, now, one.after)
    )
    return [
        Words(
            register.label_of(each),
            before.get(each.name, ""),
            there.get(each.name, ""),
            after.get(each.name, ""),
            SENSITIVE in each.flags,
        )
        for each in register.fields
        if register.model_field(each).attname in one.after
        and (one.kind != Kind.NEW or after.get(each.name, ""))
    ]
