"""The deeds of lineage, about any unit that has a code, a name, an area, a first and a last day.

Each is one transaction: the unit, what goes along with it, the rights of its people, and a row that says so. Nothing is
deleted; what was done wrongly is taken back by a correcting deed.
"""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Model, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from junheng.kernel.errors import Conflict, NotAllowed, Refusal
from junheng.platform.access.models import Grant
from junheng.platform.access.scope import areas_for, held
from junheng.platform.audit.append import head
from junheng.platform.audit.models import Entry, Verb
from junheng.platform.audit.save import columns_of, save_row
from junheng.platform.lineage.models import Kind, Succession
from junheng.platform.lineage.moving import carry, rewrite, roll_of
from junheng.platform.lineage.queries import slug_of, standing
from junheng.platform.registers import Register, every_register, register_of
from junheng.platform.registers.asker import Asker
from junheng.platform.registers.former import called_otherwise
from junheng.platform.spans import check_has_come

HISTORY = timedelta(days=366)
"""How long whoever ran a kindergarten still reads its records after it ended (to be confirmed by the bureau)."""


@transaction.atomic
def rename(unit: Any, *, name: str, on: date, number: str, by: Any, at: datetime, why: str) -> Succession:
    """Give a unit another name from a day on. Its code stays, and so does all that names it."""
    unit = ready(unit, on=on, by=by, at=at, deed=_("更名"))
    if (called := name.strip()) == unit.name or not called:
        raise Refusal("same-name", "新名称与现名称相同或为空。请填写批准文件上的新名称。")
    made = written(unit, unit, kind=Kind.RENAME, on=on, number=number, name=called, by=by, at=at, why=why)
    unit.name = called
    save_row(unit, by=by, at=at, why=why, verb=Verb.DEED.value)
    return finished(made)


@transaction.atomic
def move(unit: Any, *, area: Any, on: date, number: str, by: Any, at: datetime, why: str) -> Succession:
    """Place a unit, and what holds at it, in another area. From one county to another only who holds both may."""
    unit = ready(unit, on=on, by=by, at=at, deed=_("划转"))
    if area.pk == unit.area_id:
        raise Refusal("same-area", "新区划与现区划相同。请选择划入的区划。")
    made = written(unit, unit, kind=Kind.MOVE, on=on, number=number, area=area.pk, by=by, at=at, why=why)
    unit.area_id = area.pk
    save_row(unit, by=by, at=at, why=why, verb=Verb.DEED.value)
    require_may(unit, by=by, at=at, deed=_("划转"))
    carry(type(unit), [unit.pk], unit, on=on, by=by, at=at, why=why)
    return finished(made)


@transaction.atomic
def merge(
    units: Sequence[Any], heir: Any, *, on: date, number: str, by: Any, at: datetime, why: str,
    kind: Kind = Kind.MERGE,
) -> list[Succession]:  # fmt: skip
    """Let one or several units go up in another one, which keeps its code: they end, what holds at them goes along."""
    heir = ready(heir, on=on, by=by, at=at, deed=kind.label)
    if not units:
        raise Refusal("nothing-to-merge", "请至少填写一个并入的单位。")
    gone = []
    for one in sorted(units, key=lambda unit: unit.pk):
        if one.pk == heir.pk:
            raise Refusal("merge-with-itself", "{name}不能与自己合并。请改填另一个单位。", name=heir.name)
        unit = ready(one, on=on, by=by, at=at, deed=kind.label)
        if unit.since >= on:
            raise founded_later(unit, on)
        gone.append(unit)
    made = [written(unit, heir, kind=kind, on=on, number=number, by=by, at=at, why=why) for unit in gone]
    end_all(gone, on=on, by=by, at=at, why=why)
    keys = [unit.pk for unit in gone]
    carry(type(heir), keys, heir, on=on, by=by, at=at, why=why)
    if slug_of(heir) == "schools":
        hand_on_grants(keys, heir, on=on, by=by, at=at, why=why)
    if slug_of(heir) == "kindergartens":
        end_kindergarten_grants(keys, on=on, by=by, at=at, why=why)
    return [finished(one) for one in made]


@transaction.atomic
def split(
    unit: Any, fresh: Any, *, only: dict[type[Model], Q], counted: tuple[int, int], on: date, number: str,
    by: Any, at: datetime, why: str,
) -> Succession:  # fmt: skip
    """Let a new unit begin with a part of another one: ``only`` says which rows go along.

    How large the part is, is counted by the people on the roll; ``counted`` says it where the roll does not.
    """
    unit = ready(unit, on=on, by=by, at=at, deed=_("分设"))
    if unit.since >= on:
        raise founded_later(unit, on)
    part, whole = counted
    if not 0 < part < whole:
        raise Refusal(
            "not-a-part",
            "分设须带走一部分而不是全部或全不：共 {whole}，带走 {part}。整体变动请办理“撤并”或“改制换码”。",
            whole=whole,
            part=part,
        )
    counted = roll_of(unit, only, on=on) or counted
    fresh.since = on
    save_row(fresh, by=by, at=at, why=why, verb=Verb.DEED.value)
    require_may(fresh, by=by, at=at, deed=_("分设"))
    made = written(unit, fresh, kind=Kind.SPLIT, on=on, number=number, counted=counted, by=by, at=at, why=why)
    carry(type(unit), [unit.pk], fresh, on=on, by=by, at=at, why=why, only=only)
    return finished(made)


@transaction.atomic
def recode(unit: Any, fresh: Any, *, on: date, number: str, by: Any, at: datetime, why: str) -> Succession:
    """Let a unit of another kind, with a code of its own, carry on for a unit that ends: all goes along."""
    unit = ready(unit, on=on, by=by, at=at, deed=_("改制换码"))
    if unit.since >= on:
        raise founded_later(unit, on)
    fresh.since = on
    save_row(fresh, by=by, at=at, why=why, verb=Verb.DEED.value)
    return merge([unit], fresh, on=on, number=number, by=by, at=at, why=why, kind=Kind.RECODE)[0]


@transaction.atomic
def take_back(made: Succession, *, by: Any, at: datetime, why: str) -> Succession:
    """Correct an event that was entered wrongly: every row it wrote is again as it was, in one entry each.

    Refused where one of these rows was written since, because then nobody could say which state is right.
    """
    made = Succession.objects.select_for_update().get(pk=made.pk)
    require_may_take_back(made, by=by, at=at)
    if made.withdrawn_on is not None:
        raise Conflict("already-taken-back", "这条沿革已经更正撤回。")
    together = [made]
    if made.last_entry:  # what was only written down, of the time before the house, moved nothing
        together = list(Succession.objects.filter(last_entry=made.last_entry, withdrawn_on=None))
    entries = list(
        Entry.objects.filter(
            id__gt=min(one.first_entry for one in together), id__lte=made.last_entry, verb=Verb.DEED
        ).exclude(before__isnull=True)
    )
    models = {one._meta.label_lower: one for one in every_model()}
    for table in sorted({one.table for one in entries}):
        put_back(models[table], [one for one in entries if one.table == table], by=by, at=at, why=why)
    for one in together:
        if one.kind in {Kind.SPLIT, Kind.RECODE}:
            end_begun(one, by=by, at=at, why=why)
    end_granted(made, first=min(one.first_entry for one in together), by=by, at=at, why=why)
    changed = [(one, columns_of(one)) for one in together]
    for one, _before in changed:
        one.withdrawn_on = timezone.localdate(at)
    rewrite(changed, by=by, at=at, why=why)
    made.refresh_from_db()
    tell_names(made)
    return made


def require_may_take_back(made: Succession, *, by: Any, at: datetime) -> None:
    """Refuse whoever may not change the units of an event."""
    model = every_register()[made.register].model
    for unit in model._default_manager.filter(pk__in={made.predecessor, made.successor} - {""}):
        require_may(unit, by=by, at=at, deed=_("更正"))


def end_begun(made: Succession, *, by: Any, at: datetime, why: str) -> None:
    """End the unit that an event began: it was never there, but rows are not removed."""
    unit: Any = every_register()[made.register].model._default_manager.get(pk=made.successor)
    if unit.until is None:
        begun = getattr(unit, "since", made.on)  # an area has no first day of its own: its event has
        unit.until = max(timezone.localdate(at), begun + timedelta(days=1))
        save_row(unit, by=by, at=at, why=why, verb=Verb.RETIRE.value)


def end_granted(made: Succession, *, first: int, by: Any, at: datetime, why: str) -> None:
    """End the rights that an event gave; a right lasts at least the day on which it was given."""
    given = Entry.objects.filter(
        id__gt=first,
        id__lte=made.last_entry,
        table=Grant._meta.label_lower,
        before__isnull=True,
        verb=Verb.DEED,
    ).values_list("row", flat=True)
    changed = []
    for grant in Grant.objects.filter(pk__in=list(given), until=None).order_by("id"):
        before = columns_of(grant)
        grant.until = max(timezone.localdate(at), grant.since + timedelta(days=1))
        changed.append((grant, before))
    rewrite(changed, by=by, at=at, why=why)


def every_model() -> list[type[Model]]:
    """The tables that lineage writes: those of registers, and the rights of people, which go along all the same."""
    return [*(one.model for one in every_register().values()), Grant]


def put_back(model: type[Model], entries: Sequence[Entry], *, by: Any, at: datetime, why: str) -> None:
    """Give rows the values they had before these entries."""
    before: dict[Any, dict[str, Any]] = {}
    after: dict[Any, dict[str, Any]] = {}
    for entry in sorted(entries, key=lambda one: -one.id):
        key = entry.row if entry.row is not None else entry.row_key
        before.setdefault(key, {}).update(entry.before or {})
        after[key] = (entry.after or {}) | after.get(key, {})
    changed = []
    for row in model._base_manager.filter(pk__in=list(before)).order_by("pk"):
        now = columns_of(row)
        if any(now.get(name) != value for name, value in after[row.pk].items()):
            raise Conflict(
                "changed-since",
                "“{row}”在此之后又被修改过，不能自动撤回。请先核对该记录，再逐条更正。",
                row=str(row),
            )
        for name, value in before[row.pk].items():
            column = next(one for one in model._meta.concrete_fields if one.attname == name)
            setattr(row, name, column.to_python(value))
        changed.append((row, now))
    rewrite(changed, by=by, at=at, why=why)


def ready(unit: Any, *, on: date, by: Any, at: datetime, deed: Any) -> Any:
    """The unit as it is now, locked, for somebody who may do this, open on that day, founded by then."""
    check_has_come(on, at=at)
    unit = type(unit)._default_manager.select_for_update().get(pk=unit.pk)
    require_may(unit, by=by, at=at, deed=deed)
    if unit.until is not None:
        raise Conflict(
            "unit-closed",
            "{name}已于 {until} 终止，不能再办理{deed}。",
            name=unit.name,
            until=unit.until,
            deed=deed,
        )
    if unit.since > on:
        raise founded_later(unit, on)
    if standing().filter(register=slug_of(unit), predecessor=str(unit.pk), on__gt=on).exists():
        raise Conflict(
            "later-event-known",
            "{name}在 {on} 之后已有沿革登记。请按时间顺序办理，或先更正撤回后面的登记。",
            name=unit.name,
            on=on,
        )
    return unit


def founded_later(unit: Any, on: date) -> Refusal:
    """The refusal of a day before there was a unit."""
    return Refusal(
        "before-its-founding",
        "{name}设立于 {since}，不能在 {on} 办理。请核对生效日。",
        name=unit.name,
        since=unit.since,
        on=on,
    )


def decides(asker: Asker, register: Register[Any]) -> bool:
    """Whether somebody decides what becomes of units: whoever changes them for a whole area, never a unit itself."""
    return bool(areas_for(asker.user, register, "change", on=asker.today))


def require_may(unit: Model, *, by: Any, at: datetime, deed: Any) -> None:
    """Refuse whoever may not change this unit: between two counties that leaves the city."""
    register = register_of(type(unit))
    rows = type(unit)._default_manager.filter(pk=unit.pk)
    if register is not None and not decides(Asker(by, at), register):
        raise NotAllowed(
            "unit-decided-above",
            "“{unit}”的{deed}由县（市、区）教育局或市局办理，学校不能自行办理，没有做任何改动。请报送批准文件。",
            unit=str(unit),
            deed=deed,
        )
    if register is None or not Asker(by, at).within(rows, register, "change").exists():
        raise NotAllowed(
            "unit-not-yours",
            "“{unit}”不在您可以办理的范围内，没有做任何改动。跨县（市、区）的{deed}由市局办理。",
            unit=str(unit),
            deed=deed,
        )


def written(
    unit: Any, heir: Any, *, kind: Kind, on: date, number: str, by: Any, at: datetime, why: str, name: str = "",
    area: str = "", counted: tuple[int, int] = (1, 1),
) -> Succession:  # fmt: skip
    """The row that says what became of a unit, written before the units so that these are found by it."""
    made = Succession(
        register=slug_of(unit), kind=kind, on=on, predecessor=str(unit.pk), predecessor_code=unit.code,
        predecessor_name=unit.name, predecessor_area=unit.area_id, successor=str(heir.pk),
        successor_code=heir.code, successor_name=name or heir.name, area=area or heir.area_id,
        part=counted[0], whole=counted[1], number=number.strip(), reason=why, first_entry=head().id,
    )  # fmt: skip
    save_row(made, by=by, at=at, why=why, verb=Verb.DEED.value)
    return made


def finished(made: Succession) -> Succession:
    """Remember up to where the chain speaks of this event; the entries themselves are the record."""
    made.last_entry = head().id
    made.save(update_fields=["last_entry"])
    tell_names(made)
    return made


def tell_names(made: Succession) -> None:
    """Have the successor found by the names it carries on, or no longer."""
    if made.successor.isdigit():
        called_otherwise.send(Succession, register=made.register, rows=[int(made.successor)])


def end_all(units: Sequence[Any], *, on: date, by: Any, at: datetime, why: str) -> None:
    """End units on a day."""
    changed = []
    for unit in units:
        before = columns_of(unit)
        unit.until = on
        changed.append((unit, before))
    rewrite(changed, by=by, at=at, why=why)


def end_kindergarten_grants(keys: Sequence[int], *, on: date, by: Any, at: datetime, why: str) -> None:
    """Whoever ran a kindergarten that ended reads its records for a while more, to settle accounts; then that ends too."""
    last = on + HISTORY
    changed = []
    for grant in Grant.objects.filter(held(on), kindergarten__in=keys).order_by("id"):
        if (grant.until is None or grant.until > last) and grant.since < last:
            before = columns_of(grant)
            grant.until = last
            changed.append((grant, before))
    rewrite(changed, by=by, at=at, why=why)


def hand_on_grants(keys: Sequence[int], heir: Model, *, on: date, by: Any, at: datetime, why: str) -> None:
    """Class teachers go along with their classes; what else was granted at a school that ends, ends."""
    today = timezone.localdate(at)
    changed = []
    for grant in Grant.objects.filter(held(today), school__in=keys).order_by("id"):
        before = columns_of(grant)
        if grant.school_class is not None:
            grant.school = heir.pk
        elif grant.since < today:
            grant.until = today
        changed.append((grant, before))
    rewrite(changed, by=by, at=at, why=why)
