"""What waits for a kindergarten and its bureau: questions to answer, and answers to settle."""

from collections.abc import Iterator
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from junheng.domains.kindergartens.models import KindergartenQuestion
from junheng.domains.kindergartens.policies import own_kindergartens
from junheng.domains.kindergartens.terms import QuestionState
from junheng.platform.registers.asker import Asker
from junheng.platform.registers.registry import register_called
from junheng.platform.registers.todo import Todo, Waiting, todo


@todo
def questions(asker: Asker) -> Iterator[Waiting]:
    """Questions to one's kindergarten, with the next limit; for its bureau those that are answered or over their days."""
    register = register_called("kindergartenquestions")
    if not asker.may("change", register):
        return
    rows = asker.within(KindergartenQuestion.objects.all(), register, "change")
    if own_kindergartens(register, asker):
        yield Waiting(rows.filter(state=QuestionState.OPEN), to_answer, due="answer_by")
    else:
        yield Waiting(rows.filter(state=QuestionState.ANSWERED), to_settle)


def address(state: str) -> str:
    """The list of questions in one state."""
    return f"{reverse('registers:list', args=['kindergartenquestions'])}?state={state}"


def to_answer(number: int, due: date | None) -> Todo:
    """The line of a kindergarten."""
    return Todo(_("条教育局的询问待答复"), address(QuestionState.OPEN), number, "chat-bubble-left-right", due)


def to_settle(number: int, _due: date | None) -> Todo:
    """The line of a bureau."""
    return Todo(_("条幼儿园的答复待处理"), address(QuestionState.ANSWERED), number, "chat-bubble-left-right")
