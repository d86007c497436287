"""What families want written, together: one transaction for sendings, drafts and turns of one moment."""

from collections.abc import Callable, Sequence
from typing import Any

from django.db import connection, transaction

from junheng.domains.registrations.actions.drafts import Begun, Saved, insert_drafts, save_drafts
from junheng.domains.registrations.actions.sending import Sending, one_at_a_time, send_many
from junheng.domains.registrations.actions.turns import Taken, take_turns
from junheng.kernel.errors import Refusal
from junheng.platform.gathering import Gatherer

GATHERER: list[Gatherer] = []
"""The one of this process, where there is one: a process that serves; commands and tests write by themselves."""


class Beat:
    """A real write that says nothing: whether the house still writes at all."""


def beat(beats: Sequence[Beat]) -> list[None]:
    """Count one more beat."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO registrations_beat (id, beats) VALUES (1, 1)"
            " ON CONFLICT (id) DO UPDATE SET beats = registrations_beat.beats + 1"
        )
    return [None] * len(beats)


KINDS: dict[type, Callable[[Any], Sequence[Any]]] = {
    Sending: send_many,
    Begun: insert_drafts,
    Saved: save_drafts,
    Taken: take_turns,
    Beat: beat,
}


@transaction.atomic
def write_all(things: Sequence[Any]) -> list[Any]:
    """Write many things in one transaction; answers in their order."""
    if any(isinstance(one, Sending) for one in things):
        one_at_a_time()
    answers: list[Any] = [None] * len(things)
    for kind, written in KINDS.items():
        places = [place for place, one in enumerate(things) if type(one) is kind]
        if places:
            for place, answer in zip(places, written([things[place] for place in places]), strict=True):
                answers[place] = answer
    return answers


def write(thing: Any) -> Any:
    """Write one thing: through the thread that gathers where this process has one, else at once."""
    if GATHERER:
        return GATHERER[0].write(thing)
    answer = write_all([thing])[0]
    if isinstance(answer, Refusal):
        raise answer
    return answer
