"""Sentences that know what they are made of: Chinese as they stand, and another language for whoever brings a catalogue."""

from collections.abc import Callable
from typing import Any, Self

Translate = Callable[[str], str]


class Said(str):
    """A sentence made of a template and its parts. It is Chinese text wherever nobody asks for more.

    >>> known = Said("「{title}」记录为{words}。", title=Said("校数"), words="70所")
    >>> str(known)
    '「校数」记录为70所。'
    >>> known.told({"「{title}」记录为{words}。": "“{title}” is {words} in the records.", "校数": "Schools"}.get)
    '“Schools” is 70所 in the records.'
    """

    template: str
    parts: dict[str, Any]

    def __new__(cls, template: str, **parts: Any) -> Self:
        made = super().__new__(cls, template.format(**parts) if parts else template)
        made.template, made.parts = template, parts
        return made

    def __getnewargs_ex__(self) -> tuple[tuple[str], dict[str, Any]]:
        return (self.template,), self.parts

    def told(self, translate: Translate) -> str:
        """The sentence in the language of a catalogue; what that does not know stays as it is."""
        template = translate(self.template) or self.template
        if not self.parts:
            return template
        return template.format(**{name: told(part, translate) for name, part in self.parts.items()})


class Clause(Said):
    """A sentence inside another one: without its full stop."""

    def __new__(cls, sentence: str, **_parts: Any) -> Self:
        made = str.__new__(cls, sentence.rstrip("。"))
        made.template, made.parts = sentence, {}
        return made

    def __getnewargs_ex__(self) -> tuple[tuple[str], dict[str, Any]]:
        return (self.template,), {}

    def told(self, translate: Translate) -> str:
        """The same in another language."""
        return str(told(self.template, translate)).rstrip("。.")


def told(part: Any, translate: Translate) -> Any:
    """A part in another language, if it is a sentence."""
    return part.told(translate) if isinstance(part, Said) else part
