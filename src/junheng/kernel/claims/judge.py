"""Ask the records about every claim of a text and say what they answer."""

from collections.abc import Sequence
from dataclasses import replace

from junheng.kernel.claims import why
from junheng.kernel.claims.bind import Binder, Fit
from junheng.kernel.claims.find import Claim, Found, Sort, find_claims
from junheng.kernel.claims.known import (
    Answer,
    Ask,
    Judgement,
    Kind,
    Known,
    Question,
    Reading,
    Setting,
    Verdict,
)
from junheng.kernel.claims.lexicon import NOT_YET
from junheng.kernel.claims.passage import Passage, read_passage
from junheng.kernel.claims.scope import Scope
from junheng.kernel.claims.times import TimeSort
from junheng.kernel.claims.weigh import agrees, exact, printed_value


def check(text: str, known: Sequence[Known], ask: Ask, setting: Setting) -> tuple[Verdict, ...]:
    """Every claim of a Chinese text in its order, each with the verdict of the records.

    ``ask`` is asked each question once. A claim that fits no figure is ``unknown``; one that fits several is
    ``ambiguous`` unless all its readings agree with what is printed. Text of any kind is accepted; more than
    2 MB is refused.
    """
    passage = read_passage(text)
    found = find_claims(passage, known)
    clerk = _Clerk(passage, found, known, ask, setting)
    verdicts = [clerk.judge(found.claims, at) for at in range(len(found.claims))]
    verdicts += clerk.dates(found)
    return tuple(sorted(verdicts, key=lambda verdict: (verdict.start, verdict.end)))


class _Clerk:
    """Holds what judging one text needs: its scope, its binder, and the answers already given."""

    def __init__(
        self, passage: Passage, found: Found, known: Sequence[Known], ask: Ask, setting: Setting
    ) -> None:
        self._passage = passage
        self._binder = Binder(passage, known)
        self._scope = Scope(passage, found.times, setting)
        self._setting = setting
        self._ask = ask
        self._answers: dict[Question, tuple[Answer, ...]] = {}

    def judge(self, claims: Sequence[Claim], at: int) -> Verdict:
        """The verdict on one claim."""
        claim = claims[at]
        if claim.sort is Sort.PROMISE and self._is_aim(claim):
            return self._unknown(claim, why.AIM)
        binding = self._binder.bind(claims, at)
        if not binding.fits:
            return self._unknown(claim, binding.why_not or why.nothing_fits(claim))
        return self._weighed(claim, binding.fits)

    def dates(self, found: Found) -> list[Verdict]:
        """Verdicts on dates and spans of years, which are claims only where a figure of that kind stands by."""
        verdicts = []
        for word in found.times:
            if word.moment is None and word.measure != "年" and word.sort is not TimeSort.IMPOSSIBLE:
                continue
            kind = Kind.SPAN if word.measure == "年" else Kind.DATE
            claim = Claim(word.start, word.end, Sort.TIME, kind=kind, measure=word.measure, time=word)
            binding = self._binder.bind([claim], 0)
            if binding.fits:
                verdicts.append(self._weighed(claim, binding.fits))
        return verdicts

    def _is_aim(self, claim: Claim) -> bool:
        start = self._passage.clause_start(claim.start)
        return NOT_YET.search(self._passage.plain, start, claim.start) is not None

    def _weighed(self, claim: Claim, fits: Sequence[Fit]) -> Verdict:
        readings: list[Reading] = []
        reasons: list[str] = []
        for fit in fits:
            figure = _end_of(claim, fit.known)
            area, reason = self._scope.place(claim, fit.known, list(fit.places))
            if reason:
                reasons.append(reason)
                continue
            for days in self._scope.days(claim, fit.known):
                if days.why_not:
                    reasons += [] if days.suggested else [days.why_not]
                    continue
                question = Question(figure, days.window, days.as_of, area)
                answers = self._answered(question)
                if not answers and not days.suggested:
                    reasons.append(why.no_answer(fit.known, question))
                readings += [self._reading(claim, fit.known, question, answer) for answer in answers]
        return self._concluded(claim, readings, reasons)

    def _answered(self, question: Question) -> tuple[Answer, ...]:
        if question not in self._answers:
            given = self._ask(question)
            answers = () if given is None else (given,) if isinstance(given, Answer) else tuple(given)
            self._answers[question] = answers
        return self._answers[question]

    def _reading(self, claim: Claim, known: Known, question: Question, answer: Answer) -> Reading:
        answer = _one_end(claim, answer)
        return Reading(
            figure=question.id,
            title=known.title or known.id,
            question=question,
            computed=exact(answer.value, known.unit) if not isinstance(answer.value, tuple) else None,
            words=why.computed_words(claim, known, answer),
            agrees=agrees(claim, known, answer, self._setting),
            label=answer.label,
            exceptions=answer.exceptions,
        )

    def _concluded(self, claim: Claim, readings: list[Reading], reasons: list[str]) -> Verdict:
        if not readings:
            return self._unknown(claim, reasons[0] if reasons else why.nothing_fits(claim))
        agreeing = [reading for reading in readings if reading.agrees]
        if reasons and not agreeing:  # the claim may mean what the records cannot answer
            return self._unknown(claim, reasons[0])
        if len(agreeing) == len(readings) and not reasons:
            judgement = Judgement.PROVED
        else:
            judgement = Judgement.AMBIGUOUS if agreeing else Judgement.DIFFERS
        chosen = agreeing[0] if agreeing else readings[0]
        verdict = self._verdict(
            claim, judgement, tuple(readings), why.of(judgement, claim, readings, reasons)
        )
        return replace(verdict, figure=chosen.figure, computed=chosen.computed)

    def _unknown(self, claim: Claim, reason: str) -> Verdict:
        return self._verdict(claim, Judgement.UNKNOWN, (), reason)

    def _verdict(
        self, claim: Claim, judgement: Judgement, readings: tuple[Reading, ...], reason: str
    ) -> Verdict:
        return Verdict(
            start=claim.start,
            end=claim.end,
            words=self._passage.text[claim.start : claim.end],
            kind=why.kind_of(claim),
            figure=None,
            printed=printed_value(claim),
            computed=None,
            verdict=judgement,
            readings=readings,
            why=reason,
            numeral=claim.numeral,
        )


def _end_of(claim: Claim, known: Known) -> str:
    """Which figure one end of a change is."""
    if known.ends is None:
        return known.id
    return known.ends[0] if claim.role == "from" else known.ends[1]


def _one_end(claim: Claim, answer: Answer) -> Answer:
    """Of an answer that is a pair (from, to), the end this claim speaks of; spans of two days stay whole."""
    if not isinstance(answer.value, tuple) or claim.sort is Sort.TIME:
        return answer
    return replace(answer, value=answer.value[0] if claim.role == "from" else answer.value[1])
