"""The reference: pages written from the declarations, committed, and refused by the tests when stale.

``./go docs`` writes ``docs/reference``; ``pages`` gives the same pages as text, by file name.
"""

import os
import sys
import tomllib
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "junheng.project.settings")
if __name__ == "__main__":
    django.setup()

from junheng.content.indicators import INDICATORS
from junheng.content.promises import PROMISES
from junheng.content.rulebook import RULEBOOK
from junheng.content.rulebook.sources import SOURCES
from junheng.kernel.datasets import every_table
from junheng.platform.access.roles import RULES, Role
from junheng.platform.access.scope import role_may
from junheng.platform.quality.declare import every_declaration, kind_of
from junheng.platform.quality.words import Kind
from junheng.platform.registers.flags import Flag
from junheng.platform.registers.registry import every_register

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "docs" / "reference"
GLOSSARY = ROOT / "src" / "junheng" / "content" / "glossary.toml"
NOTE = "<!-- Written by ./go docs from the declarations; edit these, not this page. -->"
CHAPTERS = {
    "base": "基础名录 Base registers",
    "moral": "德育 Moral education",
    "preschool": "学前教育 Preschool",
    "compulsory": "义务教育 Compulsory education",
    "safety": "校园安全 School safety",
    "layout": "布局与经费 Layout and funds",
    "office": "文稿 Publication",
}
FLAGS = (Flag.KEY, Flag.LIST, Flag.FILTER, Flag.SEARCH, Flag.PUBLIC, Flag.FIXED, Flag.SENSITIVE)


def pages() -> dict[str, str]:
    """Every generated page by its file name."""
    made = {
        "registers.md": registers(),
        "roles.md": roles(),
        "tables.md": tables(),
        "rules.md": rules(),
        "quality.md": quality(),
        "figures.md": figures(),
        "promises.md": promises(),
        "glossary.md": glossary(),
    }
    return {name: f"{NOTE}\n\n{text}" for name, text in made.items()}


def page(title: str, about: str, parts: Iterable[str]) -> str:
    """A page: its title, what it is about, and its parts."""
    return "\n\n".join([f"# {title}", about, *parts]) + "\n"


def table(heads: Sequence[str], rows: Iterable[Sequence[Any]]) -> str:
    """A table; a bar in a cell is kept from ending it."""
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join(
        "| " + " | ".join(str(cell).replace("|", "\\|") for cell in line) + " |" for line in lines
    )


def by_chapter(things: Iterable[Any]) -> list[tuple[str, list[Any]]]:
    """Things under the heading of their chapter, in the order of chapters; empty chapters left out."""
    every = list(things)
    unknown = {thing.chapter for thing in every} - set(CHAPTERS)
    if unknown:
        raise ValueError(f"chapters without a heading: {sorted(unknown)}")
    grouped = [(heading, [t for t in every if t.chapter == key]) for key, heading in CHAPTERS.items()]
    return [(heading, found) for heading, found in grouped if found]


def registers() -> str:
    """Every register: what a row is, who may do what, and on which surfaces each field appears."""
    parts = []
    for heading, found in by_chapter(every_register().values()):
        parts.append(f"## {heading}")
        parts += [_register(one) for one in found]
    about = (
        "One row of a register is one thing the bureau keeps account of. A mark in a column means the field is there."
        " *Whose word*: by whom the fact stands. *Who writes*: nothing where everybody who may change the row does;"
        " a level where others propose and it decides; 办理 where only an action does. In brackets: which source wins."
    )
    return page("名录与台账 Registers", about, parts)


def _register(one: Any) -> str:
    fields = [
        [
            f"`{field.name}`",
            one.label_of(field),
            *("●" if flag in field.flags else "" for flag in FLAGS),
            one.policy_of(field).owner.label,
            _who_writes(one, field),
        ]
        for field in one.fields
    ]
    days = f" · since `{one.since}` until `{one.until}`" if one.since else ""
    contract = f" · fulfils [`{one.fulfils.table}`](tables.md#{one.fulfils.table})" if one.fulfils else ""
    heads = ["field", "label", *((flag.name or "").lower() for flag in FLAGS), "whose word", "who writes"]
    kept = f" · kept by {one.policy.owner.label}" + (
        f" · new rows approved by {one.new_rows.decider.label}" if one.new_rows else ""
    )
    return (
        f"### {one.label} `{one.slug}`\n\n{one.help_text}\n\n`{one.model._meta.label}`{days}{contract}{kept}\n\n"
        + "\n\n".join([table(heads, fields), *_reasons(one)])
    )


def _who_writes(one: Any, field: Any) -> str:
    """Who writes a field: a deed, whoever may change the row, or a level that others ask."""
    policy = one.policy_of(field)
    if Flag.FIXED in field.flags:
        return "办理"
    if policy.decider is None:
        return ""
    return f"只有{policy.decider.label}" if policy.only else f"{policy.decider.label}批准"


def _reasons(one: Any) -> list[str]:
    """Why the fields with a policy of their own have it, and which sources win."""
    own: dict[Any, list[str]] = {}
    for field in one.fields:
        if field.by is not None:
            own.setdefault(field.by, []).append(f"`{field.name}`")
    lines = [
        f"- {', '.join(names)}: {policy.why} ({' > '.join(source.label for source in policy.ranking)})"
        for policy, names in own.items()
    ]
    return ["\n".join(lines)] if lines else []


def roles() -> str:
    """Every role, how far it reaches, and what it may do to each register."""
    cards = [
        [
            role.label,
            f"`{role}`",
            RULES[role].level,
            "yes" if RULES[role].export else "",
            "yes" if RULES[role].unmask else "",
        ]
        for role in Role
    ]
    letters = (("view", "v"), ("change", "c"), ("export", "e"), ("unmask", "u"))
    matrix = [
        [
            f"{one.label} `{one.slug}`",
            *("".join(letter for verb, letter in letters if role_may(role, one, verb)) for role in Role),  # type: ignore[arg-type]
        ]
        for one in every_register().values()
    ]
    return page(
        "角色与权限 Roles",
        "A grant gives a person one role over an area, a school or a class, from a day and until a day. A row outside"
        " everything a person's grants reach looks as if it did not exist.",
        [
            table(["role", "code", "widest reach", "exports", "sees what is masked"], cards),
            "## By register\n\n**v** view · **c** change and import · **e** export · **u** see what is masked"
            " (and leave an entry in the audit)",
            table(["register", *(role.label for role in Role)], matrix),
        ],
    )


def tables() -> str:
    """Every contract: the columns a frozen snapshot has."""
    parts = []
    for name, one in every_table().items():
        rows = [
            [
                f"`{key}`",
                column.label,
                column.type + (" or null" if column.null else ""),
                ", ".join(f"`{v}`" for v in column.one_of),
            ]
            for key, column in one.columns.items()
        ]
        parts.append(
            f"## {name}\n\n{one.caption}. {one.__doc__ or ''}\n\n{table(['column', '', 'type', 'one of'], rows)}"
        )
    about = "What a snapshot freezes. A register fulfils a contract, an indicator relies on it, and neither knows the other."
    return page("数据约定 Tables of a snapshot", about, parts)


def rules() -> str:
    """Every rule with its values in time, and the documents they are cited from."""
    parts = []
    for rule in RULEBOOK:
        rows = [
            [
                step.since,
                "repealed" if step.value is None else step.value,
                step.cites,
                step.certainty.name.lower(),
            ]
            for step in rule.steps
        ]
        heads = ["from", rule.unit, "set by", "certainty"]
        parts.append(f"## {rule.title} `{rule.key}`\n\n{rule.title_en}\n\n{table(heads, rows)}")
    sources = [
        [f"`{s.key}`", s.title, s.issuer, s.number, s.issued_on or "", s.last_checked]
        for s in SOURCES.values()
    ]
    heads = ["key", "title", "issuer", "number", "issued", "last checked"]
    about = (
        "A value holds from its day until the next. Money is in fen (分). Everything but *verified* and *article* is"
        " shown to administrators as to be confirmed."
    )
    return page("规定 Rules", about, [*parts, f"## 依据 Sources\n\n{table(heads, sources)}"])


def quality() -> str:
    """Every declaration of quality: what is unusual, why it matters, who acts, and on which limits it stands."""
    parts = []
    declared = list(every_declaration().values())
    for kind in Kind:
        rows = [
            [
                f"`{one.code}`",
                f"`{one.register}`",
                one.title,
                one.why,
                getattr(one, "acts", "") or "",
                ", ".join(f"`{limit.key}`" for limit in getattr(one, "limits", ())),
            ]
            for one in declared
            if kind_of(one) == kind
        ]
        heads = ["code", "register", "what", "why", "who acts", "limits"]
        parts.append(f"## {kind.label} `{kind.value}`\n\n{table(heads, rows)}")
    about = (
        "What may be saved and is unusual all the same. Limits are [rules](rules.md). How it is worked with:"
        " [把数据管好](../how-to/keep-the-data-good.zh-CN.md)."
    )
    return page("数据质量 Quality", about, parts)


def figures() -> str:
    """Every indicator's card."""
    parts = []
    for heading, found in by_chapter(INDICATORS.values()):
        parts.append(f"## {heading}")
        for one in found:
            facts = [
                f"kind {one.kind}",
                f"window {one.window}",
                f"unit {one.word}" if one.word else "",
                f"version {one.version}",
                "sensitive" if one.sensitive else "",
                f"author {one.author}",
                f"checker {one.checker}",
                f"next review {one.next_review}",
            ]
            reads = ", ".join(f"[`{t.table}`](tables.md#{t.table})" for t in one.reads)
            readings = (
                ""
                if one.readings == ("default",)
                else " · readings " + ", ".join(f"`{r}`" for r in one.readings)
            )
            parts.append(
                f"### {one.title} `{one.id}`\n\n{one.title_en}\n\n{one.definition}\n\n{one.definition_en}\n\n"
                + " · ".join(filter(None, facts))
                + (f"\n\nreads {reads}{readings}" if reads or readings else "")
            )
    about = f"All {len(INDICATORS)} figures. The first of several readings is the bureau's."
    return page("数据口径 Figures", about, parts)


def promises() -> str:
    """Every promise's card."""
    parts = []
    for heading, found in by_chapter(PROMISES.values()):
        parts.append(f"## {heading}")
        parts += [
            f"### {one.title} `{one.id}`\n\n{one.title_en}\n\n"
            + table(
                ["", ""],
                [
                    ["kind", one.kind],
                    ["may be said while nothing stands against it", one.sentence],
                    ["true wording otherwise", one.otherwise],
                    ["how it is tested", one.rule.replace("\n", " ")],
                    ["answers for it", one.owner],
                    ["reads", ", ".join(f"[`{t.table}`](tables.md#{t.table})" for t in one.reads)],
                    ["figures", ", ".join(f"`{figure}`" for figure in one.figures)],
                ],
            )
            for one in found
        ]
    return page("承诺 Promises", "A sentence may be released only while no record stands against it.", parts)


def glossary() -> str:
    """Every term and its one code word."""
    terms = tomllib.loads(GLOSSARY.read_text(encoding="utf-8"))["term"]
    rows = [[t["zh"], f"`{t['en']}`", t.get("meaning", ""), ", ".join(t.get("not", []))] for t in terms]
    about = "The officials' word is the truth; the code word is its one translation."
    return page("术语 Glossary", about, [table(["中文", "code", "meaning", "not"], rows)])


def main() -> int:
    """Write every page that changed."""
    for name, text in pages().items():
        path = FOLDER / name
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8")
            print(f"  docs/reference/{name}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
