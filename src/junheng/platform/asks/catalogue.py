"""Every field ever asked: those of the registers, from their declarations, and those of every survey."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from django.conf import settings
from django.db.models import Count, Max
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from junheng.platform.asks.models import Answer, Question
from junheng.platform.asks.scopes import COLLECTIONS, is_bureau
from junheng.platform.asks.terms import PUBLISHED, Kind
from junheng.platform.asks.units import count_label
from junheng.platform.registers import Register, every_register
from junheng.platform.registers.asker import Asker
from junheng.platform.registers.declare import F
from junheng.platform.registers.flags import SENSITIVE
from junheng.platform.searching.guessing import begins
from junheng.platform.searching.reading import folded, initials, readings, syllables


@dataclass(frozen=True, slots=True)
class Entry:
    """One field as it is asked somewhere: how it is called there, who keeps it, when it was answered last."""

    label: str
    where: str
    owner: str
    names: tuple[str, ...]
    """The label and every other word for it."""
    choices: tuple[str, ...] = ()
    kind: str = ""
    register: str = ""
    name: str = ""
    """The field of the register; empty for the number of its rows."""
    question: int | None = None
    address: str = ""
    times: int = 0
    answered: date | None = None
    others: tuple["Entry", ...] = field(default=())
    """Older forms of the same question, asked before."""

    @property
    def in_register(self) -> bool:
        """Whether a register holds it: then nobody needs to be asked."""
        return bool(self.register)


def catalogue(asker: Asker) -> list[Entry]:
    """All that somebody may know is asked: registers they see, surveys of their area and published ones."""
    return [*of_registers(asker), *of_surveys(asker)]


def of_registers(asker: Asker) -> list[Entry]:
    """The fields of every register that somebody sees, and the number of its rows."""
    found = []
    for register in every_register().values():
        if asker.may("view", register):
            found += [entry_of(register, one) for one in register.fields]
            found.append(count_entry(register))
    return found


def entry_of(register: Register[Any], one: F) -> Entry:
    """One field of a register."""
    column = register.model_field(one)
    label = register.label_of(one)
    with override(settings.LANGUAGE_CODE):  # questions are compared as they are written: in Chinese
        names = (register.label_of(one), *one.headings)
    choices = tuple(str(name) for _value, name in column.flatchoices) if column.choices else ()
    return Entry(
        label=label,
        where=register.label,
        owner=register.policy_of(one).owner.label,
        names=tuple(dict.fromkeys((*names, label))),
        choices=choices,
        kind=_("遮盖") if SENSITIVE in one.flags else "",
        register=register.slug,
        name=one.name,
        address=reverse("registers:list", args=[register.slug]),
    )


def count_entry(register: Register[Any]) -> Entry:
    """How many rows a register has: the question that is asked most."""
    label = count_label(register)
    with override(settings.LANGUAGE_CODE):
        names = (count_label(register),)
    return Entry(
        label=label,
        where=register.label,
        owner=register.policy.owner.label,
        names=tuple(dict.fromkeys((*names, label))),
        kind=_("行数"),
        register=register.slug,
        address=reverse("registers:list", args=[register.slug]),
    )


def of_surveys(asker: Asker) -> list[Entry]:
    """The questions of surveys, those that continue one another as one; two questions to the database.

    Labels are no secret among bureaus: whoever designs must learn that another section asks the same.
    """
    if not is_bureau(asker):
        return []
    own = asker.within(COLLECTIONS.model._default_manager.all(), COLLECTIONS, "view").order_by().values("pk")
    seen = Question.objects.filter(collection__state__in=PUBLISHED) | Question.objects.filter(
        collection__in=own
    )
    last = {
        question: (times, at)
        for question, times, at in Answer.objects.filter(question__in=seen.order_by().values("pk"))
        .order_by()
        .values_list("question")
        .annotate(Count("pk"), Max("response__sent_at"))
    }
    chains: dict[int, Entry] = {}
    for one in seen.select_related("collection", "collection__author").order_by("id"):
        entry = question_entry(one, *last.get(one.pk, (0, None)))
        older = chains.pop(one.before_id, None) if one.before_id else None
        if older is not None:
            entry = replace(
                entry,
                times=older.times + 1,
                answered=entry.answered or older.answered,
                others=(*older.others, older),
            )
        chains[one.pk] = entry
    return list(chains.values())


def question_entry(one: Question, answers: int, at: Any) -> Entry:
    """One question of a survey."""
    return Entry(
        label=one.label,
        where=str(one.collection),
        owner=str(one.collection.author),
        names=(one.label,),
        choices=tuple(one.choices),
        kind=str(Kind(one.kind).label),
        question=one.pk,
        address=reverse("asks:survey", args=[one.collection_id]),
        times=1,
        answered=at.date() if at else None,
    )


def searched(entries: Iterable[Entry], text: str) -> list[Entry]:
    """The entries that hold every word of a search: as written, or by sound and initials (``xss`` is 学生数)."""
    wanted = folded(text[:60]).split()
    return [
        one
        for one in entries
        if all(any(holds(name, word) for name in (*one.names, one.where)) for word in wanted)
    ]


def holds(name: str, word: str) -> bool:
    """Whether a name has a word in it, or is read like it."""
    if word in name.lower():
        return True
    if not word.isascii() or not word.isalpha():
        return False
    choices = syllables(name)
    sounds: Sequence[str] = [one[0] for one in choices]
    return any(word in one for one in readings(initials(choices))) or any(
        begins(word, sounds[start:]) for start in range(len(sounds))
    )
