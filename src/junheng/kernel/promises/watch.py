"""Watching promises: whether each holds on a day, and what stands against it, a page at a time."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from typing import Any

from junheng.kernel.errors import NotFound, NotInForce
from junheng.kernel.indicators.compile import At, Compiled, Rules, bind, to_sql
from junheng.kernel.indicators.engine import Engine
from junheng.kernel.indicators.moment import Moment
from junheng.kernel.promises.declare import Promise
from junheng.kernel.promises.digest import digest_of
from junheng.kernel.promises.kinds import Raised

_INSIDE = "FROM rows WHERE starts_with(area, $area)"
"""The rows of one area and what lies in it; an empty area is the whole city."""


@dataclass(frozen=True, slots=True)
class Standing:
    """How a promise stands on a day: it holds if there are no exceptions, and says among how many that is."""

    id: str
    holds: bool
    exceptions: int
    among: int
    since: date | None
    as_of: date
    wording: str


@dataclass(frozen=True, slots=True)
class Counterexample:
    """One record against a promise: its register and number, its area, since when, and what is wrong."""

    register: str
    id: int
    area: str
    since: date | None
    note: str


@dataclass(frozen=True)
class Watch:
    """Asks promises of the tables and rules an engine stands on."""

    engine: Engine
    promises: Mapping[str, Promise]

    def standing(self, id: str, moment: Moment, *, area: str = "") -> Standing:
        """Whether the promise holds, for the city or for one area."""
        card, compiled = self._find(id)
        if compiled.shape == "Raised":
            rule = self.engine.rulebook[compiled.rules[0]]
            broken = 0 if rule.on(moment.as_of).value > rule.before(moment.as_of).value else 1
            return self._standing(card, broken, 1, None, moment)
        ((against, first),) = self._ask(compiled, moment, f"SELECT count(*), min(since) {_INSIDE}", area=area)
        ((among,),) = self._ask(self._among(card), moment, f"SELECT count(*) {_INSIDE}", area=area)
        return self._standing(card, against, among, first, moment)

    def standings(self, moment: Moment, *, area: str = "") -> tuple[Standing, ...]:
        """Every promise that says something on the day, in the order of declaration.

        A promise about a rule that is not in force yet is not broken, and nobody can say that it is kept.
        """
        found = []
        for key in self.promises:
            with suppress(NotInForce):
                found.append(self.standing(key, moment, area=area))
        return tuple(found)

    def exceptions(
        self, id: str, moment: Moment, *, offset: int = 0, limit: int = 50, area: str = ""
    ) -> tuple[Counterexample, ...]:
        """What stands against the promise: the oldest first."""
        compiled = self._find(id)[1]
        if not compiled.sql:
            return ()
        found = self._ask(
            compiled,
            moment,
            f"SELECT register, id, area, since, note {_INSIDE}"
            " ORDER BY since NULLS LAST, id LIMIT $limit OFFSET $offset",
            area=area,
            limit=limit,
            offset=offset,
        )
        return tuple(Counterexample(*row) for row in found)

    def _standing(
        self, card: Promise, broken: int, among: int, since: date | None, moment: Moment
    ) -> Standing:
        wording = card.sentence if broken == 0 else card.otherwise.format(exceptions=broken, among=among)
        return Standing(card.id, broken == 0, broken, among, since, moment.as_of, wording)

    def _find(self, id: str) -> tuple[Promise, Compiled]:
        card = self.promises.get(id)
        if card is None:
            raise NotFound("unknown-promise", "没有编号为“{id}”的承诺。请在“承诺”页查找正确的编号。", id=id)
        return card, self.engine.library.compiled(
            f"{digest_of(card)}/against", lambda: _compile(card, "rows")
        )

    def _among(self, card: Promise) -> Compiled:
        return self.engine.library.compiled(f"{digest_of(card)}/among", lambda: _compile(card, "among"))

    def _ask(self, compiled: Compiled, moment: Moment, question: str, **values: Any) -> list[tuple[Any, ...]]:
        return self.engine.tables.fetch(self.engine.statement(compiled, moment, question), **values)


def _compile(card: Promise, side: str) -> Compiled:
    rule = Rules()
    answer = card.formula(*(bind(table) for table in card.reads), at=At("year"), rule=rule)
    if isinstance(answer, Raised):
        return Compiled("Raised", "", "", (answer.rule,))
    return Compiled("Against", "", to_sql(getattr(answer, side)), rule.asked)
