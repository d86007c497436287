"""Findings as people read them: the sentence with its numbers, the row it is about, and what it touches."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from junheng.kernel.errors import NotInForce, Refusal
from junheng.kernel.values.school_term import SchoolTerm
from junheng.platform.quality.declare import Declared, Likeness, Measure, Rule, every_declaration
from junheng.platform.quality.models import Finding, Run
from junheng.platform.quality.words import TONES, Kind, State
from junheng.platform.registers import every_register
from junheng.platform.registers.asker import Asker
from junheng.platform.registers.keys import named


@dataclass(frozen=True, slots=True)
class Told:
    """A finding for a page. ``names`` and ``addresses`` are those of its rows; empty where they may not be opened."""

    finding: Finding
    title: str
    sentence: str
    register: str
    names: tuple[str, ...]
    addresses: tuple[str, ...]
    acts: str
    state: str
    tone: str


def sentence_for(one: Declared, facts: Mapping[str, Any]) -> str:
    """The sentence of a finding. Money is kept in 分 and told in 元; terms are told in words."""
    shown = {name: words(one, name, value) for name, value in facts.items()}
    if isinstance(one, Measure):
        return measured(one, shown)
    if isinstance(one, Likeness):
        return likened(one, facts)
    return str(one.sentence).format_map(defaultdict(lambda: "—", shown))


def words(one: Declared, name: str, value: Any) -> Any:
    """A fact as it stands in a sentence: money in 元, a term by its name, a value of a list by its word."""
    if name.endswith("_fen") and isinstance(value, int):
        return f"{value // 100}.{value % 100:02}"
    if name in {"left", "right"} and isinstance(one, Rule) and one.fields:
        register = every_register()[one.register]
        value = dict(register.model_field(one.fields[0]).flatchoices).get(value, value)
    if name == "term" and isinstance(value, str):
        try:
            return SchoolTerm.parse(value).label
        except Refusal:
            return value
    return "—" if value is None else value


def measured(one: Measure, facts: Mapping[str, Any]) -> str:
    """Why a value stands apart, with the numbers."""
    told = {"title": one.title, "unit": one.unit, **facts}
    if facts.get("against") == "past":
        text = _(
            "{title}：{period} 为 {value}{unit}，本单位往期（{others} 期）中位数为 {middle}{unit}，变化幅度远大于其他单位。"
        )
    else:
        text = _(
            "{title}：{period} 为 {value}{unit}，{others} 个同类单位的中位数为 {middle}{unit}，通常相差 {spread}{unit}以内。"
        )
    return text.format_map(defaultdict(lambda: "—", told))


def likened(one: Likeness, facts: Mapping[str, Any]) -> str:
    """Why two rows may be one."""
    reasons = [str(one.exact[way][1]) for way in facts.get("ways", ()) if way < len(one.exact)]
    if facts.get("share"):
        part, _sign, whole = str(facts["share"]).partition("/")
        percent = 100 * int(part) // int(whole)
        reasons.append(_("名称相似度 {percent}%，且在同一区划").format(percent=percent))
    return _("；").join(reasons) + _("。")


def tell(findings: Iterable[Finding], asker: Asker) -> list[Told]:
    """Findings with the names of their rows: one question for each register among them."""
    rows = list(findings)
    wanted: dict[str, set[int]] = defaultdict(set)
    for one in rows:
        wanted[one.register].update(number for number in (one.row, one.other) if number)
    names: dict[tuple[str, int], str] = {}
    for slug, numbers in wanted.items():
        register = every_register()[slug]
        keys = [str(number) for number in numbers] if not number_keyed(register) else numbers
        for row in asker.within(register.rows(), register, "view").filter(pk__in=keys):
            names[slug, int(row.pk)] = named(row)
    return [told(one, names, asker.today) for one in rows if one.code in every_declaration()]


def number_keyed(register: Any) -> bool:
    """Whether rows are numbered rather than coded."""
    return bool(register.model._meta.pk.get_internal_type() != "CharField")


def told(one: Finding, names: Mapping[tuple[str, int], str], today: date) -> Told:
    """One finding in words."""
    declared = every_declaration()[one.code]
    numbers = [number for number in (one.row, one.other) if number]
    late = one.state == State.ACCEPTED and one.holds_until is not None and one.holds_until < today
    return Told(
        finding=one,
        title=str(declared.title),
        sentence=sentence_for(declared, one.facts),
        register=every_register()[one.register].label,
        names=tuple(
            names.get((one.register, number), _("第 %(id)s 号记录") % {"id": number}) for number in numbers
        ),
        addresses=tuple(
            reverse("registers:detail", args=[one.register, number])
            if (one.register, number) in names
            else ""
            for number in numbers
        ),
        acts=str(getattr(declared, "acts", "")),
        state=_("说明已到期") if late else state_word(one),
        tone="warn" if late else TONES[State(one.state)],
    )


def state_word(one: Finding) -> str:
    """How far a finding has come. Doubles are not explained, they are dealt with."""
    if one.kind == Kind.DUPLICATE and one.state == State.OPEN:
        return _("待处理")
    return str(State(one.state).label)


def limits_of(one: Declared, on: date) -> list[Any]:
    """The limits that a rule stands on, as they are on a day."""
    found = []
    for limit in one.limits if isinstance(one, Rule) else ():
        try:
            found.append(limit.on(on))
        except NotInForce:
            continue
    return found


def figures_of(code: str) -> list[str]:
    """The figures that a rule's errors touch, as the last computation has it."""
    run = Run.objects.first()
    return list(run.figures.get(code, ())) if run is not None else []
