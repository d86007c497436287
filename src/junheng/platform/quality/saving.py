"""Asking when a row is saved: what newly breaks a soft rule is saved with an explanation, or not yet."""

from datetime import date
from typing import Any

from django.conf import settings
from django.db.models import Model

from junheng.kernel.errors import NotInForce
from junheng.platform.quality.declare import Rule, rules_of, severity_of
from junheng.platform.quality.explaining import explain
from junheng.platform.quality.finding import Found, broken, one_row, place_paths, plain
from junheng.platform.quality.models import Finding
from junheng.platform.quality.telling import sentence_for
from junheng.platform.registers import Register
from junheng.platform.registers.asker import Asker
from junheng.platform.registers.doubts import After, Unusual, doubter, is_said


@doubter
def watch(register: Register[Any], row: Model, asker: Asker, explanation: str) -> After:
    """Note what the stored row breaks already; once it is written, ask about what it breaks besides."""
    rules = rules_of(register.slug)
    on: date = settings.JUNHENG_AS_OF or asker.today
    before = set(breaches(register, rules, row, on)) if rules and row.pk is not None else set()

    def after() -> None:
        found = breaches(register, rules, row, on)
        new = {code: one for code, one in found.items() if code not in before}
        if new and not is_said(explanation):
            named = {rule.code: rule for rule in rules}
            raise Unusual([sentence_for(named[code], one.facts) for code, one in new.items()])
        for rule in rules:
            if rule.code in new:
                explain(kept(rule, new[rule.code], asker), explanation, asker=asker)

    return after


def breaches(register: Register[Any], rules: list[Rule], row: Model, on: date) -> dict[str, Found]:
    """What a stored row breaks, by rule: one question a rule, the same that is asked of all rows."""
    found: dict[str, Found] = {}
    place: tuple[Any, ...] | None = None
    stored = None
    for rule in rules:
        try:
            if rule.find is not None:
                rows = one_row(register, row)
                rows = rows if rule.ended else rows.filter(register.holds(on))
                found.update((rule.code, one) for one in broken(rule, rows, on))
                continue
            stored = stored or register.model._default_manager.filter(pk=row.pk).first()
            facts = rule.look(stored, on) if rule.look is not None and stored is not None else None
        except NotInForce:
            continue
        if facts is not None:
            place = place or place_of(register, row)
            area, school, school_class = place
            kept_facts = {name: plain(value) for name, value in facts.items()}
            found[rule.code] = Found(int(row.pk), 0, area, school, school_class, kept_facts)
    return found


def place_of(register: Register[Any], row: Model) -> tuple[str, Any, Any]:
    """Area code, school and class of a stored row."""
    paths = place_paths(register)
    named = [path for path in paths if path is not None]
    values = register.model._default_manager.filter(pk=row.pk).values_list(*named).get()
    there = dict(zip(named, values, strict=True))
    area, school, school_class = (there.get(path) if path else None for path in paths)
    return area or "", school, school_class


def kept(rule: Rule, found: Found, asker: Asker) -> Finding:
    """The finding of a breach that is explained at once: the one there was, or a new one."""
    facts = {
        "kind": rule.kind,
        "severity": severity_of(rule),
        "register": rule.register,
        "area": found.area,
        "school": found.school,
        "school_class": found.school_class,
        "facts": found.facts,
        "last_seen": asker.at,
        "gone_at": None,
    }
    return Finding.objects.update_or_create(
        code=rule.code,
        row=found.row,
        other=found.other,
        defaults=facts,
        create_defaults=facts | {"first_seen": asker.at},
    )[0]
