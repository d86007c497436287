"""The same question asked twice: found while it is being written, with both places and the reason."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from django.utils.translation import gettext as _

from junheng.kernel.wording import SAME, Likeness, nearest
from junheng.platform.asks.catalogue import Entry, catalogue
from junheng.platform.asks.models import Collection, Question
from junheng.platform.asks.units import linkable
from junheng.platform.registers.asker import Asker

ALIKE = Fraction(1, 3)
"""With the very same choices, less in the label is enough."""
SHOWN = 5


@dataclass(frozen=True, slots=True)
class Duplicate:
    """A field that seems to be asked already, how alike the labels are, and whether it can be taken from there."""

    entry: Entry
    likeness: Likeness
    same_choices: bool
    can_link: bool

    @property
    def percent(self) -> int:
        """The share of what the labels have in common, rounded down."""
        return int(100 * self.likeness.score)

    @property
    def reason(self) -> str:
        """The finding in one sentence."""
        if self.likeness.score == 1:
            said = _("问的是同一项「%(folded)s」") % {"folded": self.likeness.first}
        else:
            said = _("问法相近（%(part)s/%(whole)s，共有：%(shared)s）") % {
                "part": self.likeness.score.numerator,
                "whole": self.likeness.score.denominator,
                "shared": "、".join(self.likeness.shared[:4]) or "—",
            }
        return said + (_("，选项相同") if self.same_choices else "")


def duplicates_of(
    label: str,
    choices: Sequence[str],
    entries: Sequence[Entry],
    *,
    linkables: frozenset[tuple[str, str]] = frozenset(),
) -> list[Duplicate]:
    """The fields of the catalogue that ask for the same, the likest first; those of registers before others.

    Where some are exactly the same, what is merely like them is left out.
    """
    found = []
    for entry in entries:
        close = nearest(label, entry.names)
        if close is None:
            continue
        same_choices = len(choices) > 1 and set(choices) == set(entry.choices)
        if close.score >= SAME or (same_choices and close.score >= ALIKE):
            can_link = entry.in_register and (entry.register, entry.name) in linkables
            found.append(Duplicate(entry, close, same_choices, can_link))
    if any(one.likeness.score == 1 for one in found):
        found = [one for one in found if one.likeness.score == 1 or one.same_choices]
    found.sort(
        key=lambda one: (not one.can_link, not one.entry.in_register, -one.likeness.score, one.entry.where)
    )
    return found[:SHOWN]


def findings_for(collection: Collection, asker: Asker) -> dict[int, list[Duplicate]]:
    """The duplicates of every question that is still to be asked; a question that continues its own is none of them.

    Linked questions are asked of nobody. Other questions of the same survey count: one form may ask twice as well.
    """
    questions = list(collection.questions.all())
    entries = catalogue(asker)
    links = links_of(collection)
    found = {}
    for one in questions:
        if one.linked_register:
            continue
        others = [
            entry for entry in entries if entry.question is None or not continues(one, entry, questions)
        ]
        found[one.pk] = duplicates_of(one.label, one.choices, others, linkables=links)
    return {pk: some for pk, some in found.items() if some}


def continues(one: Question, entry: Entry, questions: Sequence[Question]) -> bool:
    """Whether an entry is the question itself, in this term or an earlier one."""
    own = {one.pk, one.before_id}
    return entry.question in own or any(older.question in own for older in entry.others)


def links_of(collection: Collection) -> frozenset[tuple[str, str]]:
    """What of the registers a question of this survey can be taken from."""
    return frozenset((register.slug, name) for register, name in linkable(collection.unit_kind))


def unresolved(collection: Collection, asker: Asker) -> list[tuple[Question, list[Duplicate]]]:
    """The questions that are known already and are neither taken from there nor explained."""
    found = findings_for(collection, asker)
    return [
        (one, found[one.pk]) for one in collection.questions.all() if one.pk in found and not one.again_why
    ]
