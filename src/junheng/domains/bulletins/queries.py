"""Questions about reports: what one says on the newest frozen records, and what of it can be proved."""

import hashlib
from dataclasses import dataclass
from typing import Any

from junheng.content.aliases import KNOWN
from junheng.content.bulletins import Report
from junheng.domains.bulletins.models import Article, Release, SignOff
from junheng.domains.bulletins.terms import SignOffRole
from junheng.kernel.bulletins import Rendered, Slot, SlotKind, parse, render
from junheng.kernel.bulletins.render import Paragraph
from junheng.kernel.claims import Answer
from junheng.kernel.indicators import Figure, Moment
from junheng.kernel.promises import Watch
from junheng.platform.figures import workshop
from junheng.platform.figures.answers import FigureAnswer
from junheng.platform.figures.asking import of_figure, of_promise

_IMPLIED = {known.id: known.implies for known in KNOWN if known.implies}


@dataclass(frozen=True, slots=True)
class Draft:
    """A report filled from the records: its text, and every figure that stands in it."""

    report: Report
    rendered: Rendered
    figures: dict[str, Figure]
    snapshot: str

    @property
    def digest(self) -> str:
        """What is signed: the digest of the text."""
        return hashlib.sha256(self.rendered.text.encode()).hexdigest()


def draft(report: Report) -> Draft:
    """Fill a report from the newest frozen records; refuses an untrue promise and proposes the true wording."""
    rendered, figures = fill(report, workshop.watch())
    return Draft(report, rendered, figures, workshop.opened().digest)


def fill(report: Report, watch: Watch) -> tuple[Rendered, dict[str, Figure]]:
    """A report's text, and the figures that stand in it by id, at the report's own day."""
    clerk = _Clerk(watch, Moment(report.as_of))
    return render(parse(report.template), clerk.answer), clerk.figures


class _Clerk:
    """Answers the slots of one report, and remembers the figures it answered with."""

    def __init__(self, watch: Watch, at: Moment) -> None:
        self._watch = watch
        self._at = at
        self.figures: dict[str, Figure] = {}

    def answer(self, slot: Slot) -> Answer | None:
        """What the records say for one slot, at the report's own day."""
        if slot.id in self._watch.promises:
            return of_promise(self._watch.promises[slot.id], self._watch.standing(slot.id, self._at))
        card = self._watch.engine.library.indicators.get(slot.id)
        if card is None:
            return None
        found = self.figures.setdefault(slot.id, self._watch.engine.figure(slot.id, self._at))
        given = of_figure(card, found)
        if slot.kind is SlotKind.DATE and isinstance(given.value, int):
            return Answer(value=found.window)
        if slot.kind is SlotKind.PROMISE and slot.id in _IMPLIED:
            return Answer(
                value=given.value, holds=isinstance(given.value, int) and given.value >= _IMPLIED[slot.id]
            )
        return given


def blocks_of(rendered: Rendered) -> list[dict[str, Any]]:
    """The text in blocks for a page: headings and paragraphs, in pieces that say which figure they print."""
    blocks: list[dict[str, Any]] = []
    for chapter in rendered.chapters:
        if chapter.heading is not None:
            blocks.append(_block("chapter", chapter.heading))
        blocks += [_block("paragraph", paragraph) for paragraph in chapter.paragraphs]
    return blocks


def _block(kind: str, paragraph: Paragraph) -> dict[str, Any]:
    pieces = [
        {
            "text": piece.text,
            "id": piece.slot.id if piece.slot and piece.slot.kind is not SlotKind.NAME else "",
        }
        for piece in paragraph.pieces
    ]
    return {"kind": kind, "start": paragraph.start, "pieces": pieces}


def figures_of(draft: Draft) -> dict[str, dict[str, Any]]:
    """For each figure of a report what must never be lost: its address, exact value, definition and rules."""
    return {
        key: {
            "address": figure.address,
            "value": str(figure.value),
            "definition": figure.definition,
            "rules": [f"{rule.key} {rule.value} {rule.since}" for rule in figure.rules],
        }
        for key, figure in draft.figures.items()
    }


def moved_since(before: Release, made: Draft) -> list[dict[str, str]]:
    """Which figures a correction moves, from what to what, and what moved them: definition, rule or records."""
    now = figures_of(made)
    moved = []
    for key, new in now.items():
        old = before.figures.get(key)
        if old is None or old["value"] == new["value"]:
            continue
        cause = next((word for word in ("definition", "rules") if old.get(word) != new[word]), "records")
        moved.append({"id": key, "from": old["value"], "to": new["value"], "cause": cause})
    return moved


def latest_release(article: Article) -> Release | None:
    """The release that is read now."""
    return article.releases.order_by("-number").first()


def signatures(article: Article, digest: str) -> dict[str, SignOff]:
    """Who has signed this very version, by role."""
    return {
        one.role: one
        for one in SignOff.objects.filter(article=article, digest=digest).select_related("person")
    }


def unsigned(article: Article, digest: str) -> tuple[SignOffRole, ...]:
    """The roles that have not signed this version yet, from above to below."""
    signed = signatures(article, digest)
    return tuple(role for role in SignOffRole if role.value not in signed)


def no_longer_reproduced(release: Release) -> tuple[FigureAnswer, ...]:
    """The figures of a release that the newest records would print differently."""
    from junheng.platform.figures import queries  # noqa: PLC0415 — thin: only this question needs printed forms

    now = {one.id: one for one in queries.figures(as_of=release.as_of)}
    return tuple(
        now[key]
        for key, frozen in release.figures.items()
        if key in now and str(now[key].value) != frozen["value"]
    )
