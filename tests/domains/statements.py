"""Taking a statement: the lines of its workbook as they are read, and every word of its PDF."""

import io

import openpyxl
from django.test import Client

from tests.domains.schemes.pdf import text_of


def taken(browser: Client, address: str, kind: str) -> bytes:
    answer = browser.get(f"{address}{'&' if '?' in address else '?'}as={kind}")
    assert answer.status_code == 200, address
    return b"".join(answer.streaming_content)


def both(browser: Client, address: str) -> tuple[list[list[str]], str]:
    """The lines of the workbook as read, and every word of the PDF."""
    sheet = openpyxl.load_workbook(io.BytesIO(taken(browser, address, "xlsx"))).active
    rows = [
        [
            f"{cell.value:,.2f}" if cell.number_format == "#,##0.00" and not isinstance(cell.value, str)
            else f"{cell.value:,}" if isinstance(cell.value, int) else str(cell.value)
            for cell in row if cell.value is not None
        ]
        for row in sheet.iter_rows()
    ]  # fmt: skip
    return rows, "".join(text_of(taken(browser, address, "pdf"))).replace("\n", "")


def left_out(rows: list[list[str]], words: str) -> list[str]:
    """What the workbook says and the PDF does not: the line below the title part by part, and not the second of the export."""
    parts = rows[1][0].split("　　")
    said = [*parts, *(cell for row in (*rows[:1], *rows[2:]) for cell in row if row[0] != "导出")]
    return [one for one in said if one.removesuffix("签字").replace("\n", "") not in words]
