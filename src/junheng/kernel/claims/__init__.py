"""Read the claims of Chinese prose and judge them by the records; print numbers so that they can be read again.

A figure is declared once, as prose speaks of it. A text is checked against all of them:

>>> from datetime import date
>>> from fractions import Fraction
>>> from junheng.kernel.values.span import Span
>>> known = [
...     Known("kg", Kind.COUNT, nouns="公办幼儿园", needs=("新建|改扩建",), measure_words="所",
...           window=WindowKind.TWO_YEARS, title="新建改扩建公办幼儿园"),
...     Known("share", Kind.SHARE, nouns="占比", needs=("公办",), title="公办园在园幼儿占比"),
... ]
>>> answers = {"kg": Answer(70), "share": Answer(Fraction(1021, 2000))}
>>> setting = Setting(date(2023, 12, 31), Span.parse("2022-01-01..2023-12-31"), home=("焦作市",))
>>> verdicts = check(
...     "近两年新建改扩建公办幼儿园70所，公办园在园幼儿占比52%。", known, lambda q: answers[q.id], setting
... )
>>> [(v.words, v.figure, v.verdict.value) for v in verdicts]
[('70所', 'kg', 'proved'), ('52%', 'share', 'differs')]
>>> verdicts[1].why
'与记录不符：「公办园在园幼儿占比」记录为51.05%。'
"""

from junheng.kernel.claims.compare import fits
from junheng.kernel.claims.judge import check
from junheng.kernel.claims.known import (
    Answer,
    Ask,
    Judgement,
    Kind,
    Known,
    Question,
    Reading,
    Setting,
    Tolerance,
    Value,
    Verdict,
    WindowKind,
)
from junheng.kernel.claims.printing import (
    Style,
    print_day,
    print_moment,
    print_number,
    print_span,
    print_term,
)
from junheng.kernel.claims.record import to_record

__all__ = [
    "Answer",
    "Ask",
    "Judgement",
    "Kind",
    "Known",
    "Question",
    "Reading",
    "Setting",
    "Style",
    "Tolerance",
    "Value",
    "Verdict",
    "WindowKind",
    "check",
    "fits",
    "print_day",
    "print_moment",
    "print_number",
    "print_span",
    "print_term",
    "to_record",
]
