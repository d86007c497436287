"""The English catalogue: finds every sentence that the house says through gettext, and what still lacks a translation.

``./go messages`` adds what is new to ``src/junheng/locale/en/LC_MESSAGES/django.po``, drops what nobody says any
more and lists what is missing; with ``--check`` it changes nothing. Sentences come from calls of gettext, from
refusals, from the docstrings of registers (the help text of their pages), from contracts and from templates.
"""

import ast
import io
import re
import sys
from collections.abc import Iterable, Iterator, Set
from functools import cache
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "src" / "junheng"
CATALOGUE = SOURCE / "locale" / "en" / "LC_MESSAGES" / "django.po"
KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
}
CONTRACT_LABELS = {"Column": 1, "Said": 0}
"""Calls whose argument at this place is a label or a sentence that people read."""
CHINESE = re.compile(r"[\u4e00-\u9fff]")
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|\{\w*\}|%[sd]")
MARKED = re.compile(
    r"{%\s*comment\s*.*?{%\s*endcomment\s*%}|{%\s*blocktrans(?:late)?\b.*?{%\s*endblocktrans(?:late)?\s*%}"
    r"|{%.*?%}|{{.*?}}|{#.*?#}|<!--.*?-->",
    re.DOTALL,
)
STRING = r"""(u?'(?:\\.|[^'\\])*'|u?"(?:\\.|[^"\\])*")"""
CALL = re.compile(rf"\b(?:n?gettext|_)\({STRING}(?:, {STRING})?")

Place = tuple[str, int]


@cache
def every_message() -> dict[str | tuple[str, str], list[Place]]:
    """Every sentence with the places that say it; a pair is singular and plural."""
    found: dict[str | tuple[str, str], list[Place]] = {}
    modules = [path for path in sorted(SOURCE.rglob("*.py")) if "migrations" not in path.parts]
    trees = {path: ast.parse(path.read_text(encoding="utf-8")) for path in modules}
    refusals = _kinds_of("Refusal", trees.values())
    helped = {"Register"} | _kinds_of("Deed", trees.values())
    for path in [*modules, *sorted(SOURCE.rglob("*.html"))]:
        where = path.relative_to(ROOT).as_posix()
        text = path.read_text(encoding="utf-8")
        said = (
            [*_called(text), *_declared(trees[path], refusals, helped)]
            if path in trees
            else _in_template(text, where)
        )
        for message, line in said:
            found.setdefault(message, []).append((where, line))
    return found


def _kinds_of(name: str, trees: Iterable[ast.Module]) -> set[str]:
    """The names of a class and of all that derive from it, wherever they stand."""
    bases = {
        node.name: {_base_name(base) for base in node.bases}
        for tree in trees
        for node in ast.walk(tree)
        if isinstance(node, ast.ClassDef)
    }
    kinds = {name}
    while more := {own for own, its in bases.items() if its & kinds} - kinds:
        kinds |= more
    return kinds


def _in_template(text: str, where: str) -> Iterator[tuple[str | tuple[str, str], int]]:
    """What Django makes of a template is calls of gettext amid noise that is no Python."""
    noise = templatize(text, origin=where)
    for match in CALL.finditer(noise):
        one, other = (group and str(ast.literal_eval(group)) for group in match.groups())
        yield (one, other) if other else one, noise.count("\n", 0, match.start()) + 1


def _declared(tree: ast.Module, refusals: Set[str], helped: Set[str]) -> Iterator[tuple[str, int]]:
    """Sentences that reach gettext later: of refusals, labels of contracts, help texts of registers and deeds."""
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Name(id=name), args=args) if name in refusals:
                yield from _literal(args, 1)
            case ast.Call(func=ast.Name(id=name), args=args) if name in CONTRACT_LABELS:
                yield from _literal(args, CONTRACT_LABELS[name])
            case ast.ClassDef(bases=bases) if any(_base_name(base) in helped for base in bases):
                help_text = ast.get_docstring(node)
                if help_text and CHINESE.search(help_text):
                    yield help_text, node.lineno
            case ast.ClassDef(bases=bases, keywords=keywords) if any(_base_name(b) == "Table" for b in bases):
                labels = [word.value for word in keywords if word.arg == "label"]
                yield from _literal(labels, 0)


def _called(text: str) -> Iterator[tuple[str | tuple[str, str], int]]:
    source = io.BytesIO(text.encode())
    for line, message, _comments, _context in extract(
        "python", source, KEYWORDS, options={"encoding": "utf-8"}
    ):
        if isinstance(message, tuple):
            yield (str(message[0]), str(message[1])), line
        elif message:
            yield message, line


def _literal(args: list[ast.expr], place: int) -> Iterator[tuple[str, int]]:
    match args[place : place + 1]:
        case [ast.Constant(value=str(text), lineno=line)]:
            yield text, line


def _base_name(node: ast.expr) -> str:
    if isinstance(node, ast.Subscript):
        node = node.value
    return node.id if isinstance(node, ast.Name) else ""


def unmarked() -> list[str]:
    """Chinese text in templates that no translation tag holds: a reader of English would be left with it."""
    found = []
    for path in sorted(SOURCE.rglob("*.html")):
        text = path.read_text(encoding="utf-8")
        bare = MARKED.sub(lambda match: re.sub(r"[^\n]", " ", match.group()), text)
        found += [
            f"{path.relative_to(ROOT).as_posix()}:{number}: {line.strip()}"
            for number, line in enumerate(bare.splitlines(), start=1)
            if CHINESE.search(line)
        ]
    return found


def read() -> Catalog:
    """The catalogue as it is."""
    with CATALOGUE.open("rb") as file:
        return read_po(file, locale="en")


def updated(old: Catalog) -> Catalog:
    """The catalogue of today's sentences, each with the translation it had."""
    new = Catalog(
        locale="en",
        project="junheng",
        version="1",
        msgid_bugs_address="none",
        last_translator="junheng",
        language_team="English",
        charset="utf-8",
        fuzzy=False,
        header_comment="# English of junheng. Kept up to date by ./go messages.",
    )
    for message, places in every_message().items():
        known = old.get(message if isinstance(message, str) else message[0])
        files = sorted({(where, 0) for where, _line in places})
        text = known.string if known else ""
        if not isinstance(message, str) and isinstance(text, str):
            text = (text, text)  # counted from now on
        new.add(message, text, locations=files)
    new.revision_date = new.creation_date = old.creation_date
    return new


def missing(catalogue: Catalog) -> list[str]:
    """Sentences of today without a translation, or with one that lost or invented a placeholder."""
    wrong = []
    for message, places in every_message().items():
        first = message if isinstance(message, str) else message[0]
        known = catalogue.get(first)
        text = known.string if known else ""
        given = [text] if isinstance(text, str) else list(text or ())
        where = f"{places[0][0]}:{places[0][1]}"
        if not given or not all(given):
            wrong.append(f"{where}: not translated: {first}")
        elif any(set(PLACEHOLDER.findall(first)) != set(PLACEHOLDER.findall(one)) for one in given):
            wrong.append(f"{where}: placeholders differ: {first}")
    return wrong


def main(arguments: list[str]) -> int:
    """Bring the catalogue up to date unless only asked to look; say what is missing."""
    catalogue = read()
    if "--check" not in arguments:
        catalogue = updated(catalogue)
        with CATALOGUE.open("wb") as file:
            write_po(file, catalogue, width=0, sort_output=True, include_lineno=False, omit_header=False)
    wrong = missing(catalogue) + [f"{line} (not marked for translation)" for line in unmarked()]
    print("\n".join(wrong) or f"  {len(every_message())} sentences, all with an English translation")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
