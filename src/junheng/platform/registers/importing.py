"""Importing a table: first everything that would happen and everything that is wrong, then all of it or nothing."""

from collections.abc import Iterator
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from junheng.kernel.errors import Conflict
from junheng.platform.audit.append import append_many
from junheng.platform.audit.inserting import insert_rows
from junheng.platform.audit.save import drafts_of
from junheng.platform.registers.actions import outside
from junheng.platform.registers.asker import Asker
from junheng.platform.registers.declare import Register
from junheng.platform.registers.doubts import LEAST, MOST, Watched, is_said
from junheng.platform.registers.finding import among
from junheng.platform.registers.gates import Intent, divert
from junheng.platform.registers.growing import growing
from junheng.platform.registers.headings import SAID, find_table
from junheng.platform.registers.keys import named
from junheng.platform.registers.planning import Planner, Tell
from junheng.platform.registers.plans import MARKED, Asked, Draft, Plan
from junheng.platform.registers.policies import Source
from junheng.platform.registers.problems import Problem, reasons_of
from junheng.platform.registers.sheets import Sheet, read_grids, said_in
from junheng.platform.sealing import companions

BATCH = 5_000
"""Rows written by one call; the database cuts it to as many as one statement takes."""


@growing()
def read_sheet(register: Register[Any], name: str, content: bytes) -> Sheet:
    """The table of a register in a file."""
    return find_table(register, name, read_grids(name, content))


def quietly(done: int, total: int, step: str) -> None:
    """Tell nobody."""


@growing()
def rehearse(
    register: Register[Any], sheet: Sheet, asker: Asker, *, clear_blanks: bool = False, tell: Tell = quietly
) -> Plan:
    """The preview: everything is really done, looked at, and undone, a block of lines after the other.

    Each is planned before its transaction, so that others write meanwhile where only one may; the import plans again.
    """
    planner = Planner(register, sheet, asker, clear_blanks=clear_blanks)
    for _block in planner.blocks(tell):
        with transaction.atomic():
            keep_back(register, planner.plan, asker, why=_("导入文件"))
            watched = watch(register, planner.plan, asker)
            write(register, planner.plan, asker, tell=tell)
            note_unusual(planner.plan, watched)
            transaction.set_rollback(True)
    return planner.plan


@growing()
def carry_out(
    register: Register[Any],
    sheet: Sheet,
    asker: Asker,
    *,
    why: str,
    clear_blanks: bool = False,
    tell: Tell = quietly,
) -> Plan:
    """Do all that the file says, in one transaction; nothing at all if anything is wrong.

    The plan is made anew inside the transaction, so what a colleague did since the preview is seen.
    """
    planner = Planner(register, sheet, asker, clear_blanks=clear_blanks)
    plan = planner.plan
    with transaction.atomic():
        for _block in planner.blocks(tell):
            keep_back(register, plan, asker, why=why)
            watched = watch(register, plan, asker)
            write(register, plan, asker, tell=tell)
            said = note_unusual(plan, watched)
            if not plan.problems:
                leave_traces(plan, asker, why=why, tell=tell)
                plan.settled += watched.settle(said)
        if plan.problems:
            transaction.set_rollback(True)
    if plan.problems:
        raise Conflict(
            "import-has-problems",
            "有 {count} 处问题，没有导入任何内容。第 {line} 行：{reason}请修改文件后重新预览。",
            count=len(plan.problems),
            line=plan.listed_problems[0].line,
            reason=plan.listed_problems[0].reason,
        )
    return plan


def watch(register: Register[Any], plan: Plan, asker: Asker) -> Watched:
    """Have whoever looks for what is unusual see the rows before they are changed."""
    return Watched(register, [one.row for one in plan.drafts if one.before is not None], asker)


def note_unusual(plan: Plan, watched: Watched) -> dict[int, str]:
    """Put into the plan what is unusual about the written rows; answers what the file says about it, by row number.

    An answer that says nothing is a problem of its cell; none at all is not, for whoever imports may not know.
    """
    written = [one for one in plan.drafts if one.row.pk is not None]
    questions = watched.asked([one.row for one in written])
    if not questions:
        return {}
    by_row = {int(one.row.pk): one for one in written}
    said: dict[int, str] = {}
    for question in questions:
        draft = by_row[question.row]
        text = said_in(plan.sheet, draft.line)
        plan.asked += 1
        plan.explained += is_said(text)
        if text and not is_said(text) and question.row not in said:
            reason = _("说明须写 {least} 至 {most} 个字：为什么会这样、依据什么、是否还会改变。").format(
                least=LEAST, most=MOST
            )
            plan.problems.append(
                Problem(draft.line.number, SAID, text, reason, "rule", plan.sheet.said_place)
            )
        said[question.row] = text
        if len(plan.questions) < MARKED:
            plan.questions.append(Asked(draft.line.number, named(draft.row), question.sentence, text))
    return {row: text for row, text in said.items() if is_said(text)}


def leave_traces(plan: Plan, asker: Asker, *, why: str, tell: Tell) -> None:
    """Add an entry for every row that was written."""
    total = len(plan.drafts)
    for start in range(0, total, BATCH):
        tell(start, total, _("正在留痕"))
        pairs = ((one.row, one.before) for one in plan.drafts[start : start + BATCH])
        append_many(list(drafts_of(pairs, by=asker.user, at=asker.at, why=why)))


def keep_back(register: Register[Any], plan: Plan, asker: Asker, *, why: str) -> None:
    """Send up what must be approved first; a line of which nothing is left to be written is dropped.

    Called inside the transaction of the import, because what is sent up stands or falls with it.
    """
    intents = [Intent(one.row, one.before) for one in plan.drafts]
    if plan.problems or not divert(register, intents, asker=asker, why=why, source=Source.IMPORT, whole=True):
        return
    left = []
    for one, intent in zip(plan.drafts, intents, strict=True):
        plan.waiting += len(intent.kept)
        one.names = one.names - intent.kept
        if intent.whole or (one.before is not None and not one.names):
            plan.new -= one.before is None
            plan.changed -= one.before is not None
        else:
            left.append(one)
    plan.drafts = left


def write(register: Register[Any], plan: Plan, asker: Asker, *, tell: Tell = quietly) -> None:
    """Write every row, and add to the plan's problems what only the table and the scope can tell.

    New rows and changed rows go in bulk. Only where the table refuses some is each written alone, to find which.
    """
    for drafts, save in (
        ([one for one in plan.drafts if one.before is None], insert_all),
        ([one for one in plan.drafts if one.before is not None], update_all),
    ):
        if not drafts:
            continue
        tell(0, len(drafts), _("正在写入"))
        keys = [one.row.pk for one in drafts]
        try:
            with transaction.atomic():
                save(register, drafts)
        except IntegrityError:
            for one, key in zip(drafts, keys, strict=True):
                one.row.pk = key
                one.row._state.adding = one.before is None
            plan.problems += list(refused_alone(register, plan, drafts))
    plan.problems += lines_outside(register, plan, asker)


def insert_all(register: Register[Any], drafts: list[Draft]) -> None:
    """Insert the new rows in their order."""
    insert_rows(register.model, [one.row for one in drafts])


def update_all(register: Register[Any], drafts: list[Draft]) -> None:
    """Write what changed in rows that are there: those with the same columns together, by one statement a batch."""
    names = set[str]().union(*(one.names for one in drafts))
    model = register.model
    names |= companions(model, names)
    assert model._meta.pk is not None
    model._default_manager.bulk_create(
        [one.row for one in drafts],
        batch_size=BATCH,
        update_conflicts=True,
        unique_fields=[model._meta.pk.name],
        update_fields=sorted(names - {model._meta.pk.name}),
    )


def refused_alone(register: Register[Any], plan: Plan, drafts: list[Draft]) -> Iterator[Problem]:
    """Write rows one by one and tell what the table has against which."""
    for one in drafts:
        try:
            with transaction.atomic():
                one.row.save(force_insert=one.before is None, force_update=one.before is not None)
        except IntegrityError:
            yield from why_refused(register, plan, one)


def why_refused(register: Register[Any], plan: Plan, draft: Draft) -> list[Problem]:
    """What the table has against a row, in the words of its model."""
    found = []
    for ask in (draft.row.validate_unique, draft.row.validate_constraints):
        try:
            ask()
        except ValidationError as wrong:
            for name, complaints in wrong.error_dict.items():
                known = register.f(name) is not None
                found += [
                    Problem(
                        draft.line.number,
                        register.label_of(name) if known else "",
                        "",
                        reason,
                        cause,
                        plan.sheet.places.get(name),
                    )
                    for cause, reason in reasons_of(ValidationError(complaints))
                ]
    again = _("与文件中的另一行，或与已有记录重复。")
    return found or [Problem(draft.line.number, "", "", again, "twice")]


def lines_outside(register: Register[Any], plan: Plan, asker: Asker) -> list[Problem]:
    """The written lines that lie outside the scope."""
    written = [one for one in plan.drafts if one.row.pk is not None]
    if not written:
        return []
    here = register.model._default_manager.filter(
        among(register.model, "pk", [one.row.pk for one in written])
    )
    inside = set(asker.within(here, register, "import").values_list("pk", flat=True))
    name = register.area if register.area and register.f(register.area) else ""
    label = register.label_of(name) if name else ""
    return [
        Problem(one.line.number, label, "", outside(), "scope", plan.sheet.places.get(name))
        for one in written
        if one.row.pk not in inside
    ]
