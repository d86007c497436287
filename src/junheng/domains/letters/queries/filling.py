"""Slots of a letter: which there are, what they hold, and whether a number stands in the words without one."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from junheng.domains.letters.models import Letter
from junheng.platform.papers.printable import chinese
from junheng.platform.registers import SENSITIVE, F, Register, every_register
from junheng.platform.registers.values import words

SLOT = re.compile(r"\{([^{}\n]{1,40})\}")
BARE = re.compile(r"[0-9０-９]")
QUOTED = re.compile(r"《[^《》]*》")
OWN = ("发文机关", "答复期限", "发函日", "文号")
"""Slots that a letter fills by itself."""


@dataclass(frozen=True, slots=True)
class Fact:
    """A filled slot: its value, and the field of the record from which it comes; its own where there is none."""

    slot: str
    value: str
    register: str = ""
    row: int = 0
    field: str = ""

    def kept(self) -> list[Any]:
        """As a letter keeps it."""
        return [self.slot, self.value, self.register, self.row, self.field]


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a letter: plain words, or a value with the record it comes from."""

    text: str
    register: str = ""
    row: int = 0
    slot: str = ""


def slots_in(text: str) -> list[str]:
    """The slots of a text in their order, each once.

    >>> slots_in("于{立案日}立案，{立案日}起，{答复期限}前")
    ['立案日', '答复期限']
    """
    return list(dict.fromkeys(SLOT.findall(text)))


def bare_number(text: str) -> str:
    """The first words with a number that is no reference; empty if there are none. Titles of documents may have some.

    >>> bare_number("共{家庭数}户，《关于3个方案的通知》"), bare_number("退还 500 元")
    ('', '退还 500 元')
    """
    plain = QUOTED.sub("", SLOT.sub("", text))
    found = BARE.search(plain)
    return plain[max(0, found.start() - 6) : found.end() + 6].strip() if found else ""


def facts_about(register: Register[Any], row: Any) -> dict[str, Fact]:
    """What a record offers to a letter: its fields by their labels, without the sensitive ones."""
    return {
        register.label_of(field): Fact(
            register.label_of(field), said(register, field, row), register.slug, row.pk, field.name
        )
        for field in register.fields
        if SENSITIVE not in field.flags
    }


def said(register: Register[Any], field: F, row: Any) -> str:
    """A value as a letter says it: a day in words, everything else as the register shows it."""
    value = getattr(row, field.name)
    return chinese(value) if isinstance(value, date) else words(register, field, row)


def own_facts(letter: Letter) -> dict[str, Fact]:
    """What a letter says of itself."""
    values: Mapping[str, str] = {
        "发文机关": letter.series.office,
        "答复期限": chinese(letter.reply_by) if letter.reply_by else "",
        "发函日": chinese(letter.issued_on) if letter.issued_on else "",
        "文号": letter.number,
    }
    return {name: Fact(name, values[name], "letters", letter.pk or 0, "") for name in OWN}


def record_of(letter: Letter) -> tuple[Register[Any], Any] | None:
    """The record a letter is about, where there is one."""
    register = every_register().get(letter.source)
    row = register.rows().filter(pk=letter.source_row).first() if register else None
    return None if register is None or row is None else (register, row)


def facts_of(letter: Letter) -> dict[str, Fact]:
    """All that a letter may say in its slots."""
    record = record_of(letter)
    return (facts_about(*record) if record else {}) | own_facts(letter)


def pieces(text: str, facts: Mapping[str, Fact]) -> list[list[Piece]]:
    """A text as paragraphs of pieces, with the slots filled; a slot that holds nothing is shown as it is written."""
    return [
        [piece for part in split(line) if (piece := as_piece(part, facts)).text]
        for line in text.splitlines()
        if line.strip()
    ]


def split(line: str) -> list[str]:
    """A line cut at its slots, which keep their braces.

    >>> split("共{家庭数}户")
    ['共', '{家庭数}', '户']
    """
    return re.split(r"(\{[^{}\n]{1,40}\})", line.strip())


def as_piece(part: str, facts: Mapping[str, Fact]) -> Piece:
    """One part of a line."""
    found = SLOT.fullmatch(part)
    fact = facts.get(found[1]) if found else None
    if fact is None or not fact.value:
        return Piece(part, slot=found[1] if found else "")
    return Piece(fact.value, fact.register, fact.row, fact.slot)


def kept_facts(letter: Letter) -> dict[str, Fact]:
    """The slots as they were filled when the letter was issued."""
    return {one[0]: Fact(*one) for one in letter.facts}


def words_of(letter: Letter) -> list[list[Piece]]:
    """An issued letter as it was issued; a draft as it would be."""
    return pieces(letter.body, kept_facts(letter) if letter.facts else facts_of(letter))


def missing(letter: Letter) -> list[str]:
    """The slots that nothing fills yet. What is filled on issue is not missing."""
    facts = facts_of(letter)
    known = {name for name, fact in facts.items() if fact.value} | set(OWN)
    return [slot for slot in slots_in(f"{letter.title}\n{letter.body}") if slot not in known]
