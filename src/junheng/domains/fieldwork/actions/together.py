"""Keeping what many phones bring at the same moment: who they are is asked once for all, and all share a commit.

A letter is what one request says, read and found in order. Whoever is behind its session is looked up here, with the
others of the moment; what cannot be answered so gets no answer, and the ordinary page looks at it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import DataError, IntegrityError
from django.utils import translation

from junheng.domains.fieldwork.actions.keeping import kept, receipts_for, written
from junheng.domains.fieldwork.actions.sheaves import Bringing, Parcel, in_turns
from junheng.domains.fieldwork.queries.charges import persons_by_user
from junheng.domains.fieldwork.queries.receipts import Receipt
from junheng.domains.fieldwork.queries.sent import Sent
from junheng.kernel.errors import Refusal
from junheng.platform.accounts.sessions import people_behind
from junheng.platform.gathering import Busy, Gatherer

GATHERER: list[Gatherer] = []
"""The one of this process, where there is one: a process that serves."""
LARGEST = 64
"""Letters of one transaction at most: a letter has a few records, and nobody is to wait long for a large one."""


@dataclass(frozen=True, slots=True)
class Letter:
    """One request as it is waiting: whose session, for which post, from which device, and its records."""

    session: str
    person: int | None
    device: str
    sent_at: datetime
    at: datetime
    language: str
    sents: Sequence[Sent]


def busy() -> Busy:
    """So many phones at once that this one has to come again in a moment."""
    return Busy(
        "busy",
        "现在同时同步的手机很多，这次没有来得及办完。记录都还在手机上，稍后会自动再同步，不会重复。",
    )


def keep_letters(letters: Sequence[Letter]) -> list[list[Receipt] | None]:
    """Keep what many requests bring; receipts for each, or nothing where the ordinary page has to look."""
    answers: list[list[Receipt] | None] = [None] * len(letters)
    people = people_behind({one.session for one in letters}, at=max(one.at for one in letters))
    posts = persons_by_user({user.pk for user in people.values()})
    waiting: list[tuple[int, Parcel]] = []
    for place, one in enumerate(letters):
        user = people.get(one.session)
        persons = posts.get(user.pk, []) if user is not None else []
        if persons and (one.person is None or any(each.pk == one.person for each in persons)):
            bringing = Bringing(user, persons, one.device, one.sent_at, one.at)
            waiting.append((place, Parcel(bringing, one.sents)))
    for turn in in_turns(waiting, lambda one: {each.id for each in one[1].sents}):
        languages = [letters[place].language for place, _ in turn]
        for (place, _), receipts in zip(
            turn, kept_together([one for _, one in turn], languages), strict=True
        ):
            answers[place] = receipts
    return answers


def kept_together(parcels: Sequence[Parcel], languages: Sequence[str]) -> list[list[Receipt]]:
    """Keep parcels in one transaction, or each by itself where the database refuses one; receipts after the commit."""
    outcomes: Sequence[Any]
    try:
        outcomes = written(parcels)
    except (Refusal, IntegrityError, DataError):
        outcomes = [None] * len(parcels)
    found = []
    for parcel, outcome, language in zip(parcels, outcomes, languages, strict=True):
        with translation.override(language):
            found.append(
                kept(parcel.sents, parcel.bringing)
                if outcome is None
                else receipts_for(parcel.sents, *outcome)
            )
    return found


def keep(letter: Letter) -> list[Receipt] | None:
    """Keep what one request brings: through the thread that gathers where this process has one, else at once."""
    found: list[Receipt] | None = GATHERER[0].write(letter) if GATHERER else keep_letters([letter])[0]
    return found
