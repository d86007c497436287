"""Two works that are alike, side by side: what both say is marked, and nothing says whose they are."""

from dataclasses import dataclass

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from junheng.content.rulebook import WORKS
from junheng.domains.works.models import Attachment, Likeness
from junheng.domains.works.queries.files import words_of
from junheng.domains.works.queries.serving import is_beginning, served
from junheng.domains.works.terms import Form
from junheng.kernel.passages import shared
from junheng.platform.audit.append import record
from junheng.platform.audit.models import Verb
from junheng.platform.registers.asker import Asker, absent, asker_of
from junheng.platform.registers.registry import register_called


@dataclass(frozen=True, slots=True)
class Stretch:
    """Some words of a work; ``mark`` is the number of the shared passage that they are, 0 for none."""

    words: str
    mark: int


@login_required
@require_safe
def likeness(request: HttpRequest, number: int) -> HttpResponse:
    """Both works with what they share. Looking at them leaves an entry."""
    asker = asker_of(request)
    row = row_of(asker, number)
    texts = words_of(row.one), words_of(row.other)
    passages = shared(*texts, least=WORKS.passage_least.on(asker.today).value) if all(texts) else []
    spans = (
        [(one.begins, one.ends, place) for place, one in enumerate(passages, 1)],
        sorted((one.other_begins, one.other_ends, place) for place, one in enumerate(passages, 1)),
    )
    told = {"digests": [row.one.digest, row.other.digest]}
    record(row, Verb.READ.value, by=asker.user, at=asker.at, why="对照相似作品", after=told)
    sides = [
        (one, cut(text, marked)) for one, text, marked in zip((row.one, row.other), texts, spans, strict=True)
    ]
    able = asker.reaches(row, register_called("likenesses"), "change")
    context = {"likeness": row, "sides": sides, "passages": passages, "able": able, "picture": Form.PICTURE}
    return render(request, "works/likeness.html", context)


def row_of(asker: Asker, number: int) -> Likeness:
    """A question within somebody's scope, with both works."""
    row: Likeness = asker.row(register_called("likenesses"), number)
    return Likeness.objects.select_related("one__application", "other__application").get(pk=row.pk)


def cut(text: str, spans: list[tuple[int, int, int]]) -> list[Stretch]:
    """A text cut at its shared passages; where two overlap, the first counts.

    >>> [(one.words, one.mark) for one in cut("春天来了", [(1, 3, 1)])]
    [('春', 0), ('天来', 1), ('了', 0)]
    """
    found, place = [], 0
    for begins, ends, mark in spans:
        begins = max(begins, place)
        if begins >= ends:
            continue
        found += [Stretch(text[place:begins], 0), Stretch(text[begins:ends], mark)]
        place = ends
    found.append(Stretch(text[place:], 0))
    return [one for one in found if one.words]


@login_required
@require_safe
def side(request: HttpRequest, number: int, attachment: int) -> HttpResponseBase:
    """The picture of one side."""
    asker = asker_of(request)
    row = row_of(asker, number)
    found: Attachment | None = next((one for one in (row.one, row.other) if one.pk == attachment), None)
    if found is None or found.form != Form.PICTURE:
        raise absent()
    if is_beginning(request):
        told = {"digest": found.digest}
        record(found, Verb.READ.value, by=asker.user, at=asker.at, why="对照相似作品", after=told)
    return served(request, found)
