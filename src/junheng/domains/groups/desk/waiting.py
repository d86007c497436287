"""What waits about groups and pairs: help to confirm, help that was not confirmed, weak schools without it, silent pairs."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _

from junheng.content.rulebook import HELPING
from junheng.domains.groups.models import HelpAction, Pair, WeakSchool
from junheng.domains.groups.queries import late_answers, silent_pairs, uncovered
from junheng.domains.groups.terms import HelpState
from junheng.platform.registers.asker import Asker
from junheng.platform.registers.policies import Level
from junheng.platform.registers.registry import register_called
from junheng.platform.registers.todo import Todo, Waiting, todo


@todo
def help_waits(asker: Asker) -> Iterator[Waiting]:
    """For a school what it has to confirm; for a bureau what was disputed or not confirmed in time."""
    register = register_called("helpactions")
    if not asker.may("change", register):
        return
    day = asker.day
    rows = asker.within(HelpAction.objects.all(), register, "change")

    def to_confirm(number: int, due: date | None) -> Todo:
        address = f"{reverse('registers:list', args=['helpactions'])}?state={HelpState.OPEN}"
        return Todo(
            _("条帮扶行动待本校确认"), address, number, "check-circle", due, due is not None and due < day
        )

    if asker.stands_at(Level.SCHOOL):
        yield Waiting(rows.filter(state=HelpState.OPEN), to_confirm, due="answer_by")
    else:
        yield Waiting(rows.filter(late_answers(day)), unanswered)


@todo
def help_lacks(asker: Asker) -> Iterator[Waiting]:
    """For a bureau: weak schools without help, with the limit of the first, and pairs without help this term."""
    weak, pairs = register_called("weakschools"), register_called("pairs")
    if not asker.may("change", weak):
        return
    day = asker.day
    within = timedelta(days=HELPING.uncovered_within.on(day).value)

    def bare(number: int, since: date | None) -> Todo:
        due = since and since + within
        return Todo(
            _("所薄弱学校没有帮扶"), f"{reverse('groups:overview')}#uncovered", number, "lifebuoy", due,
            due is not None and due < day,
        )  # fmt: skip

    yield Waiting(uncovered(asker.within(WeakSchool.objects.all(), weak, "change"), day), bare, due="bare")
    yield Waiting(silent_pairs(asker.within(Pair.objects.all(), pairs, "change"), day), silent)


def unanswered(number: int, _due: date | None) -> Todo:
    """The line of a bureau."""
    return Todo(
        _("条帮扶行动逾期未确认或有异议"),
        f"{reverse('groups:overview')}#late",
        number,
        "chat-bubble-left-right",
    )


def silent(number: int, _due: date | None) -> Todo:
    """The line of pairs in which nothing was confirmed this term."""
    return Todo(_("对结对本学期没有经确认的行动"), f"{reverse('groups:overview')}#pairs", number, "link")
