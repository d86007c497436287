"""A list that leaves as a workbook of plain words: a title, headings, and one line each for whoever prints or sends it."""

import io
from collections.abc import Iterable, Mapping, Sequence

import xlsxwriter


def plain_list(
    sheet: str, title: str, columns: Mapping[str, int], lines: Iterable[Sequence[str]]
) -> io.BytesIO:
    """The workbook; ``columns`` are the headings with their widths in characters. Nothing in it is a formula or a link."""
    file = io.BytesIO()
    book = xlsxwriter.Workbook(
        file, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    page = book.add_worksheet(sheet)
    bold = book.add_format({"bold": True, "text_wrap": True})
    wrap = book.add_format({"text_wrap": True, "valign": "top"})
    page.write_string(0, 0, title, bold)
    for place, (words, width) in enumerate(columns.items()):
        page.write_string(1, place, words, bold)
        page.set_column(place, place, width)
    for number, line in enumerate(lines, start=2):
        for place, words in enumerate(line):
            page.write_string(number, place, words, wrap)
    book.close()
    file.seek(0)
    return file
