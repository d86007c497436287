"""The gate: what somebody may not write alone is put back in the row and kept as a proposal."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Model
from django.utils.translation import gettext as _

from junheng.platform.access.scope import reach
from junheng.platform.audit.append import append_many, place_of
from junheng.platform.audit.models import Verb
from junheng.platform.audit.save import columns_of, draft_of
from junheng.platform.registers import Register
from junheng.platform.registers.asker import Asker
from junheng.platform.registers.declare import F
from junheng.platform.registers.finding import among
from junheng.platform.registers.gates import Intent
from junheng.platform.registers.policies import Level, Policy, level_of
from junheng.platform.sealing import key_field, sealed_fields
from junheng.platform.stewardship.deciding import grants_for
from junheng.platform.stewardship.models import Kind, Proposal, State

EMPTY = (None, "")
Decider = tuple[Level, bool]
"""A level, and whether only it decides."""


@dataclass(slots=True)
class Part:
    """What one person wants of one row from one decider."""

    place: int
    kind: Kind
    decider: Decider
    before: dict[str, Any] | None
    after: dict[str, Any]
    where: dict[str, Any] = field(default_factory=dict)


class Approval:
    """Asks of every row which of its changes somebody above (or, for a school's own facts, the school) approves."""

    def divert(
        self, register: Register[Any], intents: list[Intent], *, asker: Asker, why: str, source: str
    ) -> None:
        decided = register.decided()
        levels = Levels(register, asker)
        if levels.write_all([*decided.values(), *([register.new_rows] if register.new_rows else [])]):
            return
        levels.look_at([one.row for one in intents if one.before is not None])
        parts: list[Part] = []
        for place, intent in enumerate(intents):
            if intent.before is None:
                parts += keep_new(register, place, intent, levels)
            else:
                parts += keep_changes(register, decided, place, intent, levels)
        if parts:
            keep_keys(register, [intents[one.place].row for one in parts])
            keep(register, intents, parts, asker=asker, why=why, source=source)

    def notes(self, register: Register[Any], row: Model | None, *, asker: Asker) -> Mapping[str, str]:
        levels = Levels(register, asker)
        if row is None:
            policy = register.new_rows
            if policy is None or any(policy.writes(one) for one in levels.every):
                return {}
            return {"": asks(policy)}
        decided = register.decided()
        if levels.write_all(decided.values()):
            return {}
        levels.look_at([row])
        return {name: asks(policy) for name, policy in decided.items() if not levels.writes(policy, row.pk)}


APPROVAL = Approval()


def asks(policy: Policy) -> str:
    """What to expect of a field that one does not write at once."""
    assert policy.decider is not None
    told = _("只由%(who)s决定，您的修改作为更正建议送交") if policy.only else _("修改须经%(who)s批准")
    return told % {"who": policy.decider.label}


class Levels:
    """The levels at which one person stands to rows of a register: few grants, few questions, however many rows."""

    def __init__(self, register: Register[Any], asker: Asker) -> None:
        self.register = register
        grants = grants_for(register, asker, "change")
        self.grants = [(one, found) for one in grants if (found := reach(one, register)) is not None]
        self.every = {level_of(one) for one, _found in self.grants}
        self.by_row: dict[Any, set[Level]] = {}

    def write_all(self, policies: Iterable[Policy]) -> bool:
        """Whether this person writes all these fields in every row without asking."""
        return all(policy.writes(level) for policy in policies for level in self.every)

    def look_at(self, rows: list[Model]) -> None:
        """Find out by which grants each row is reached; needed only where they put somebody at several levels."""
        if len(self.every) < 2 or not rows:
            return
        these = self.register.model._default_manager.filter(
            among(self.register.model, "pk", [row.pk for row in rows])
        )
        self.by_row = {row.pk: set() for row in rows}
        for grant, place in self.grants:
            for pk in these.filter(place).values_list("pk", flat=True):
                self.by_row[pk].add(level_of(grant))

    def writes(self, policy: Policy, pk: Any) -> bool:
        """Whether this person writes such a field of a row without asking."""
        return any(policy.writes(level) for level in self.by_row.get(pk, self.every))


def keep_new(register: Register[Any], place: int, intent: Intent, levels: Levels) -> Iterable[Part]:
    """A new row that must be approved as a whole is not written at all."""
    policy = register.new_rows
    if policy is None or policy.decider is None or any(policy.writes(one) for one in levels.every):
        return
    after = columns_of(intent.row)
    intent.whole = True
    intent.kept |= {
        one.name for one in register.fields if after[register.model_field(one).attname] not in EMPTY
    }
    pk = register.model._meta.pk
    if pk is not None and intent.row.pk is None:
        after.pop(pk.attname)
    where = {
        name: value_at(intent.row, path)
        for name in ("area", "school", "school_class")
        if (path := getattr(register, name)) not in {None, "self"}
    }
    where = {name: "" if value is None and name == "area" else value for name, value in where.items()}
    yield Part(place, Kind.NEW, (policy.decider, policy.only), None, after, where)


def value_at(row: Any, path: str) -> Any:
    """The plain value at the end of a path: a relation's number, ``None`` where a step is missing."""
    steps = path.split("__")
    for step in steps[:-1]:
        row = getattr(row, step, None)
    if row is None:
        return None
    fields = {one.name: one.attname for one in row._meta.concrete_fields}
    return getattr(row, fields.get(steps[-1], steps[-1]), None)


def keep_changes(
    register: Register[Any], decided: Mapping[str, Policy], place: int, intent: Intent, levels: Levels
) -> Iterable[Part]:
    """Put back the columns of a row that somebody else decides; one part for each decider."""
    assert intent.before is not None
    asked = [name for name, policy in decided.items() if not levels.writes(policy, intent.row.pk)]
    if not asked:
        return
    now = columns_of(intent.row)
    kept: dict[Decider, list[str]] = defaultdict(list)
    for name in asked:
        policy, attname = decided[name], register.model_field(name).attname
        if policy.decider is not None and now[attname] != intent.before[attname]:
            kept[(policy.decider, policy.only)].append(name)
            intent.kept.add(name)
            put_back(register, intent.row, register.f(name), intent.before[attname])
    for decider, names in kept.items():
        columns = [register.model_field(name).attname for name in names]
        yield Part(
            place,
            Kind.END if intent.verb == Verb.RETIRE else Kind.CHANGE,
            decider,
            {name: intent.before[name] for name in columns},
            {name: now[name] for name in columns},
        )


def put_back(register: Register[Any], row: Model, one: F | None, value: Any) -> None:
    """Give a field the value it has in the table, from its stored form."""
    assert one is not None
    column = register.model_field(one)
    setattr(row, column.attname, column.to_python(value))


def keep_keys(register: Register[Any], rows: list[Any]) -> None:
    """What is kept sealed must be opened later: a row that has no key yet gets the one its value was sealed with."""
    if not sealed_fields(register.model):
        return
    there = [row for row in rows if row.pk is not None]
    column = key_field(register.model)
    table = register.model._base_manager
    bare = set(
        table.filter(among(register.model, "pk", {row.pk for row in there}), **{column.name: ""}).values_list(
            "pk", flat=True
        )
    )
    fresh = [
        row
        for row in {row.pk: row for row in there}.values()
        if row.pk in bare and getattr(row, column.attname)
    ]
    table.bulk_update(fresh, [column.name], batch_size=500)


def keep(
    register: Register[Any], intents: list[Intent], parts: list[Part], *, asker: Asker, why: str, source: str
) -> None:
    """Write the proposals with their entries. Asked twice it is one; what is asked anew takes the place of the old."""
    pending: dict[Any, list[Proposal]] = defaultdict(list)
    for old in Proposal.objects.filter(register=register.slug, by=asker.user, state=State.PENDING):
        pending[(old.row, old.row_key, old.decider, old.only)].append(old)
    made: list[tuple[Part, Proposal]] = []
    replaced: list[Proposal] = []
    for part in parts:
        row = intents[part.place].row
        named = {"row": None, "row_key": ""} | (place_of(row) if part.kind != Kind.NEW else {})
        olds = pending[(named["row"], named["row_key"], int(part.decider[0]), part.decider[1])]
        same = next((one for one in olds if one.after == part.after and one.before == part.before), None)
        if same is not None:
            intents[part.place].proposals.append(same.pk)
            continue
        if part.kind != Kind.NEW:
            replaced += [one for one in olds if set(one.after) & set(part.after)]
        made.append(
            (
                part,
                Proposal(
                    register=register.slug, kind=str(part.kind), before=part.before, after=part.after, source=source,
                    decider=int(part.decider[0]), only=part.decider[1], why=why, by=asker.user, at=asker.at,
                    **named, **part.where,
                ),
            )
        )  # fmt: skip
    written = Proposal.objects.bulk_create([one for _part, one in made], batch_size=1_000)
    for part, one in zip((part for part, _one in made), written, strict=True):
        intents[part.place].proposals.append(one.pk)
    drafts = [draft_of(one, None, by=asker.user, at=asker.at, why=why) for one in written]
    drafts += replace(replaced, asker=asker)
    append_many([one for one in drafts if one])


def replace(olds: list[Proposal], *, asker: Asker) -> list[Any]:
    """Withdraw what one asked before for the same fields."""
    drafts = []
    for one in olds:
        before = columns_of(one)
        one.state, one.decided_by, one.decided_at = State.WITHDRAWN, asker.user, asker.at
        one.decision = _("本人另行提交了新的修改，自动撤回。")
        drafts.append(draft_of(one, before, by=asker.user, at=asker.at, why=one.decision))
    names = ["state", "decided_by", "decided_at", "decision"]
    Proposal.objects.bulk_update(olds, names, batch_size=500)
    return drafts
