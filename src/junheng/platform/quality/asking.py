"""Asking about many rows at once, as an import or a program writes them: two questions a rule, however many rows."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from django.conf import settings
from django.db.models import Model
from django.utils.translation import gettext as _

from junheng.kernel.errors import NotInForce
from junheng.kernel.values.school_term import SchoolTerm
from junheng.platform.access.scope import grants_of, role_may
from junheng.platform.audit.append import append_many
from junheng.platform.audit.save import drafts_of
from junheng.platform.quality.computing import new_finding
from junheng.platform.quality.declare import Rule, rules_of
from junheng.platform.quality.explaining import last_day
from junheng.platform.quality.finding import Found, broken, places_of, plain
from junheng.platform.quality.models import Explanation, Finding
from junheng.platform.quality.places import reaches
from junheng.platform.quality.telling import sentence_for
from junheng.platform.quality.words import State
from junheng.platform.registers import Register
from junheng.platform.registers.asker import Asker
from junheng.platform.registers.doubts import MOST, Question, is_said, watcher
from junheng.platform.registers.finding import among
from junheng.platform.registers.policies import Level, level_of

Key = tuple[str, int]
"""A rule and a row."""
TOUCHED = ("area", "school", "school_class", "facts", "gone_at", "last_seen", "state")


@watcher
class Watching:
    """What some rows break already, before they are written; afterwards it asks about what they break besides."""

    def __init__(self, register: Register[Any], rows: Sequence[Model], asker: Asker) -> None:
        self.register = register
        self.on: date = settings.JUNHENG_AS_OF or asker.today
        self.rules = {one.code: one for one in rules_of(register.slug)}
        self.before = set(self.breaches([row.pk for row in rows if row.pk is not None]))

    def asked(self, rows: Sequence[Model]) -> list[Question]:
        """What written rows newly break, with the sentence of each rule, in the order of the rows."""
        keys = [row.pk for row in rows if row.pk is not None]
        found = {key: one for key, one in self.breaches(keys).items() if key not in self.before}
        order = {int(key): place for place, key in enumerate(keys)}
        return [
            Question(row, sentence_for(self.rules[code], found[code, row].facts), (code, found[code, row]))
            for code, row in sorted(found, key=lambda key: (order.get(key[1], 0), key[0]))
        ]

    def breaches(self, keys: Sequence[Any]) -> dict[Key, Found]:
        """What stored rows break, by rule and row."""
        if not keys or not self.rules:
            return {}
        here = self.register.model._default_manager.order_by().filter(among(self.register.model, "pk", keys))
        found: dict[Key, Found] = {}
        looked = [one for one in self.rules.values() if one.look is not None]
        for rule in self.rules.values():
            if rule.find is not None:
                try:
                    rows = here if rule.ended else here.filter(self.register.holds(self.on))
                    found |= {(rule.code, one.row): one for one in broken(rule, rows, self.on)}
                except NotInForce:
                    continue
        if looked:
            found |= self.seen_in(looked, list(here))
        return found

    def seen_in(self, rules: Sequence[Rule], rows: Sequence[Model]) -> dict[Key, Found]:
        """What rows break that only they themselves can tell; their places are asked for together."""
        told: dict[Key, Mapping[str, Any]] = {}
        for rule in rules:
            assert rule.look is not None
            for row in rows:
                try:
                    facts = rule.look(row, self.on)
                except NotInForce:
                    break
                if facts is not None:
                    told[rule.code, int(row.pk)] = facts
        places = places_of(self.register, {row for _code, row in told}) if told else {}
        return {
            key: Found(key[1], 0, *places[key[1]], {name: plain(one) for name, one in facts.items()})
            for key, facts in told.items()
        }

    def settle(self, questions: Sequence[Question], said: Mapping[int, str], asker: Asker) -> int:
        """Keep a finding for each question, and an explanation where one was given; it waits for the level above."""
        kept = self.findings(questions, asker)
        level = self.levels(asker)
        term = SchoolTerm.containing(asker.today)
        made = []
        for finding in kept:
            text = " ".join(said.get(finding.row, "").split())[:MOST]
            at = level(finding)
            if not is_said(text) or at is None or is_explained(finding, last_day(term)):
                continue
            made.append(
                Explanation(
                    finding=finding,
                    text=text,
                    period=str(term),
                    expires_on=last_day(term),
                    level=int(at),
                    by=asker.user.get_username(),
                    at=asker.at,
                )
            )
        made = Explanation.objects.bulk_create(made)
        append_many(
            list(drafts_of(((one, None) for one in made), by=asker.user, at=asker.at, why=_("书面说明")))
        )
        proposed = [one.finding_id for one in made]
        if proposed:
            Finding.objects.filter(among(Finding, "pk", proposed)).update(state=State.PROPOSED)
        return len(made)

    def findings(self, questions: Sequence[Question], asker: Asker) -> list[Finding]:
        """The findings of some questions: those there are, as they are now, and new ones."""
        rows = {one.row for one in questions}
        here = Finding.objects.select_for_update().filter(
            among(Finding, "row", rows), code__in=list(self.rules), other=0
        )
        known = {(one.code, one.row): one for one in here}
        new, again = [], []
        for one in questions:
            code, found = one.about
            made = new_finding(self.rules[code], found, asker.at)
            if (before := known.get((code, found.row))) is None:
                new.append(made)
                continue
            before.area, before.school, before.school_class = made.area, made.school, made.school_class
            before.facts, before.gone_at, before.last_seen = made.facts, None, asker.at
            again.append(before)
        Finding.objects.bulk_update(again, list(TOUCHED), batch_size=500)
        return [*again, *Finding.objects.bulk_create(new)]

    def levels(self, asker: Asker) -> Callable[[Finding], Level | None]:
        """At which level somebody may explain a finding; ``None`` where not at all. Asks once for all of them."""
        grants = [
            one
            for one in grants_of(asker.user, on=asker.today)
            if asker.permits("change", self.register) and role_may(one.role, self.register, "change")
        ]

        def level(finding: Finding) -> Level | None:
            return max((level_of(one) for one in grants if reaches(one, finding)), default=None)

        return level


def is_explained(finding: Finding, until: date) -> bool:
    """Whether something was said already that waits for the level above, or holds through the term."""
    if finding.state == State.ACCEPTED:
        return finding.holds_until is not None and finding.holds_until >= until
    return bool(finding.state == State.PROPOSED)
