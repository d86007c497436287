"""An official letter as a .docx. The frame of the file is made once; a letter fills in its words, and is always the same bytes."""

import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from functools import lru_cache
from xml.sax.saxutils import escape

from junheng.platform.papers.official import Official, Table
from junheng.platform.papers.printable import broken, chinese, printable
from junheng.platform.papers.styles import (
    BOTTOM,
    FALLBACKS,
    FANG,
    FOOT,
    FOOTER,
    LEFT,
    MARK_SIZE,
    NAMES,
    PAGE_HEIGHT,
    PAGE_WIDTH,
    RIGHT,
    ROOM,
    SIGNED_INDENT,
    STYLES,
    TABLE,
    TOP,
    mark_size,
    signed_indent,
)

BODY, MARKS = "@body@", "@marks@"
ALWAYS = (1980, 1, 1, 0, 0, 0)
"""The time that every part of the file bears: the earliest that the format knows."""
TITLE_ROOM = 19
"""Characters of a title on one line: one less than fit, for typefaces whose digits are wider."""
EARLIEST = "1980-01-01"
CORE = "docProps/core.xml"
SETTINGS = (
    ('compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="14"', 'compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"'),
    ('w:themeFontLang w:val="en-US" w:eastAsia="ja-JP"', 'w:themeFontLang w:val="en-US" w:eastAsia="zh-CN"'),
    ('<w:zoom w:val="bestFit"/>', '<w:zoom w:percent="100"/>'),
)  # fmt: skip
"""What the empty file says of itself, and what a Chinese letter says: laid out as today's programs do, in Chinese."""
UNSIGNED = "（签发日）"
AMOUNT, COUNT = re.compile(r"-?[\d,]+\.\d+%?"), re.compile(r"-?\d{1,3}(,\d{3})*")
LEVEL1 = re.compile(r"[一二三四五六七八九十]{1,3}、[^。；]{1,26}")
LEVEL2 = re.compile(r"（[一二三四五六七八九十]{1,3}）[^。；]{1,25}")


@lru_cache(maxsize=1)
def frame() -> dict[str, bytes]:
    """The parts of an empty letter: page, styles, typefaces with what stands in for them, page numbers."""
    import docx  # noqa: PLC0415 — a slow import, needed by a letter alone and by no page
    from docx.oxml import parse_xml  # noqa: PLC0415 — the same
    from docx.shared import Twips  # noqa: PLC0415 — the same

    made = docx.Document()
    section = made.sections[0]
    section.page_width, section.page_height = Twips(PAGE_WIDTH), Twips(PAGE_HEIGHT)
    section.top_margin, section.bottom_margin = Twips(TOP), Twips(BOTTOM)
    section.left_margin, section.right_margin = Twips(LEFT), Twips(RIGHT)
    section.header_distance, section.footer_distance = Twips(850), Twips(FOOTER)
    made.settings.odd_and_even_pages_header_footer = True
    for name in [
        one.name for one in made.styles if one.name != "Normal" and one.type != 2 and not one.builtin
    ]:
        made.styles[name].delete()
    normal = made.styles["Normal"]
    normal.element.get_or_add_rPr().append(
        parse_xml(f'<w:rFonts {NAMES} w:ascii="{FANG}" w:hAnsi="{FANG}" w:eastAsia="{FANG}"/>')
    )
    for xml in (*(one.xml for one in STYLES), TABLE):
        made.styles.element.append(parse_xml(xml))
    for header, footer, style in (
        (section.header, section.footer, "单页页码"), (section.even_page_header, section.even_page_footer, "双页页码"),
    ):  # fmt: skip
        header.is_linked_to_previous = footer.is_linked_to_previous = False
        header.paragraphs[0].style, footer.paragraphs[0].style = made.styles["公文标识"], made.styles[style]
        header.paragraphs[0].add_run(MARKS)
        footer.paragraphs[0]._p.append(parse_xml(f'<w:r {NAMES}><w:t xml:space="preserve">— </w:t></w:r>'))
        footer.paragraphs[0]._p.append(
            parse_xml(f'<w:fldSimple {NAMES} w:instr=" PAGE "><w:r><w:t>1</w:t></w:r></w:fldSimple>')
        )
        footer.paragraphs[0]._p.append(parse_xml(f'<w:r {NAMES}><w:t xml:space="preserve"> —</w:t></w:r>'))
    made.add_paragraph(BODY)
    for key, one in list(made.part.package.rels.items()):
        if one.reltype.endswith("/thumbnail"):
            made.part.package.rels.pop(key)
    whole = io.BytesIO()
    made.save(whole)
    with zipfile.ZipFile(whole) as parts:
        found = {one: parts.read(one) for one in parts.namelist()}
    found["word/fontTable.xml"] = typefaces().encode()
    settings = found["word/settings.xml"].decode()
    for before, after in SETTINGS:
        assert before in settings, before
        settings = settings.replace(before, after)
    found["word/settings.xml"] = settings.encode()
    return found


def typefaces() -> str:
    """The table of typefaces: for each the names of those that stand in for it."""
    every = "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{others}"/><w:charset w:val="86"/><w:family w:val="auto"/><w:pitch w:val="variable"/></w:font>'
        for name, others in FALLBACKS.items()
    )
    return f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<w:fonts {NAMES}>{every}</w:fonts>'


def document(one: Official) -> bytes:
    """The file."""
    parts = dict(frame())
    body = "".join(blocks(one))
    whole = parts["word/document.xml"].decode()
    parts["word/document.xml"] = re.sub(
        rf"<w:p>(?:(?!</w:p>).)*{BODY}.*?</w:p>", lambda _found: body, whole, flags=re.DOTALL
    ).encode()
    marks = escape("　".join(map(printable, one.marks))).encode()
    for name in parts:
        if name.startswith("word/header"):
            parts[name] = parts[name].replace(MARKS.encode(), marks)
    day = said_day(one)
    styles = parts["word/styles.xml"].decode()
    styles = styles.replace(MARK_SIZE, str(mark_size(one.office))).replace(
        SIGNED_INDENT, str(signed_indent(one.office, day))
    )
    parts["word/styles.xml"] = styles.encode()
    parts[CORE] = core(one).encode()
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as out:
        for name in sorted(parts, key=lambda name: (name != "[Content_Types].xml", name)):
            out.writestr(zipfile.ZipInfo(name, ALWAYS), parts[name], zipfile.ZIP_DEFLATED, 6)
    return file.getvalue()


def core(one: Official) -> str:
    """What the file says of itself: its title, its office and its day."""
    day = f"{one.day.isoformat() if one.day else EARLIEST}T00:00:00Z"
    kind = 'xsi:type="dcterms:W3CDTF"'
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<cp:coreProperties'
        ' xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"'
        ' xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{escape(printable(one.title))}</dc:title><dc:creator>{escape(printable(one.office))}</dc:creator>"
        f"<dcterms:created {kind}>{day}</dcterms:created><dcterms:modified {kind}>{day}</dcterms:modified>"
        "<dc:language>zh-CN</dc:language></cp:coreProperties>"
    )


def said_day(one: Official) -> str:
    """The day as it stands under the letter."""
    return chinese(one.day) if one.day else UNSIGNED


def blocks(one: Official) -> Iterator[str]:
    """The letter from its head to its closing lines."""
    yield paragraph("OfficeMark", one.office)
    yield paragraph("LetterNumber", one.number)
    yield paragraph("LetterTitle", "\n".join(broken(printable(one.title), TITLE_ROOM)))
    yield paragraph("Addressees", f"{'、'.join(one.to)}：") if one.to else paragraph("Words", "")
    lines = [
        part for block in one.body for part in (block.split("\n") if isinstance(block, str) else [block])
    ]
    lines = [part for part in lines if not isinstance(part, str) or printable(part).strip()]
    for place, part in enumerate(lines):
        if isinstance(part, Table):
            yield paragraph("AfterTable", "")
            yield table(part)
            yield paragraph("AfterTable", "")
        else:
            yield paragraph(style_of(part, last=place == len(lines) - 1), part.strip())
    yield from annexes(one.annexes)
    yield paragraph("Signed", one.office)
    if one.day:
        yield from closing(one.office, chinese(one.day), one.copies)
    yield paragraph("SignedDay", said_day(one))


def closing(office: str, day: str, copies: Sequence[str]) -> Iterator[str]:
    """The closing lines: to whom copies go, who printed it when. They belong to the page that bears the day."""
    if copies:
        yield paragraph("Closing", f"抄送：{'，'.join(copies)}。", place=FOOT)
    yield paragraph("Closing", office, f"{day}印发", place=FOOT)


def style_of(line: str, *, last: bool) -> str:
    """A heading of the first or second level by its number, else plain words; the last stay with the signature.

    >>> style_of("一、整改要求", last=False), style_of("（二）限期", last=False), style_of("一、限期改正。", last=True)
    ('Level1', 'Level2', 'LastWords')
    """
    if LEVEL1.fullmatch(line.strip()):
        return "Level1"
    if LEVEL2.fullmatch(line.strip()):
        return "Level2"
    return "LastWords" if last else "Words"


def annexes(names: Sequence[str]) -> Iterator[str]:
    """What is annexed: one by its name, several numbered."""
    for place, name in enumerate(names, start=1):
        number = f"{place}." if len(names) > 1 else ""
        yield paragraph(
            "Annex" if place == 1 else "AnnexMore", f"{'附件：' if place == 1 else ''}{number}{name}"
        )


def paragraph(style: str, text: str, after_tab: str = "", *, place: str = "") -> str:
    """A paragraph of a style; ends of lines within it are breaks."""
    runs = "<w:r><w:br/></w:r>".join(run(line) for line in printable(text).split("\n"))
    tail = f"<w:r><w:tab/></w:r>{run(printable(after_tab))}" if after_tab else ""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{place}</w:pPr>{runs}{tail}</w:p>'


def run(text: str) -> str:
    """Words."""
    return f'<w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r>' if text else ""


def table(one: Table) -> str:
    """A table as wide as the text; its headings stand on every page and no line is torn in two."""
    whole = sum(one.widths)
    widths = [ROOM * width // whole for width in one.widths]
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    rows = [line(one.headings, widths, "TableHead", "<w:cantSplit/><w:tblHeader/>")]
    rows += [line(cells, widths, "", "<w:cantSplit/>") for cells in one.lines]
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="PaperTable"/><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblLayout w:type="fixed"/>'
        f"</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"
    )


def style_of_cell(text: str) -> str:
    """Amounts and shares end under one another, whole numbers stand in the middle, words begin at the left.

    >>> style_of_cell("-1,234.50"), style_of_cell("92.8%"), style_of_cell("1,234"), style_of_cell("2141900733"), style_of_cell("甲")
    ('TableAmount', 'TableAmount', 'TableCount', 'TableWords', 'TableWords')
    """
    if AMOUNT.fullmatch(text):
        return "TableAmount"
    return "TableCount" if COUNT.fullmatch(text) else "TableWords"


def line(cells: Sequence[str], widths: Sequence[int], style: str, look: str) -> str:
    """A line of a table."""
    made = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/><w:vAlign w:val="center"/></w:tcPr>{paragraph(style or style_of_cell(cell), cell)}</w:tc>'
        for cell, width in zip(cells, widths, strict=True)
    )
    return f"<w:tr><w:trPr>{look}</w:trPr>{made}</w:tr>"
