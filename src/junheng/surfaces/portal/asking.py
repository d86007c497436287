"""The question a page of figures answers: for which day, over which window, of which chapter."""

from dataclasses import dataclass
from datetime import date

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from junheng.kernel.errors import Refusal
from junheng.kernel.values.span import Span
from junheng.surfaces.portal.chapters import CHAPTERS


class AskForm(forms.Form):
    """What may stand in the address of a page of figures."""

    q = forms.CharField(label=_("查找"), required=False, max_length=60)
    chapter = forms.ChoiceField(label=_("篇章"), required=False)
    as_of = forms.DateField(
        label=_("统计时点"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    first = forms.DateField(
        label=_("统计区间起"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    last = forms.DateField(
        label=_("统计区间止"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    area = forms.RegexField(r"^\d{4,12}$", label=_("区划"), required=False)
    reading = forms.SlugField(required=False, max_length=40)
    page = forms.IntegerField(required=False, min_value=1, max_value=1_000_000)

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["chapter"].choices = [  # type: ignore[attr-defined]
            ("", _("全部篇章")),
            *((code, chapter.word) for code, chapter in CHAPTERS.items()),
        ]


@dataclass(frozen=True, slots=True)
class Question:
    """A valid question. ``as_of`` and ``window`` are None where nobody insisted: then the data's own day counts."""

    form: AskForm
    q: str
    chapter: str
    as_of: date | None
    window: Span | None
    reading: str
    area: str
    page: int


def question(request: HttpRequest) -> Question:
    """Read the question from the address; a wrong date is refused with a sentence, not ignored."""
    form = AskForm(request.GET)
    if not form.is_valid():
        raise Refusal(
            "bad-question",
            "“{field}”的内容无法识别。日期请写成 2023-12-31 的形式，改正后重新查询。",
            field=str(form.fields[next(iter(form.errors))].label or next(iter(form.errors))),
        )
    given = form.cleaned_data
    return Question(
        form,
        given["q"].strip(),
        given["chapter"],
        given["as_of"],
        window_of(given),
        given["reading"],
        given["area"],
        given["page"] or 1,
    )


def window_of(given: dict[str, date | None]) -> Span | None:
    """The window that was asked for; half a window is refused, for its other end would be a guess."""
    first, last = given["first"], given["last"]
    if first is None and last is None:
        return None
    if first is None or last is None or last < first:
        raise Refusal("bad-window", "统计区间需要起止两个日期，并且起日不晚于止日。请补全后重新查询。")
    return Span(first, last)
