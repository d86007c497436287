"""Papers as files: ``python -m bench.papers``. A thousand certificates, 500 official letters, a statement of 871 schools.

Prints the processor time of each beside what was promised, and the most memory that the process took.
"""

import argparse
import os
import resource
import sys
import time
from collections.abc import Callable
from datetime import UTC, date, datetime

from bench.measure import machine
from junheng.domains.schemes.queries.paper import Paper, booklet, sheets

SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨"
CERTIFICATES, LETTERS, SCHOOLS = 1_000, 500, 871
PROMISED = {"certificates": 60.0, "letters": 10.0, "statement as PDF": 5.0, "statement as .xlsx": 5.0}
"""Seconds of the processor for all of a kind."""


def certificate(number: int) -> Paper:
    """One sheet; names and schools differ, so that many characters are needed."""
    code = f"bench-{number:06d}-ABCDEF0123"
    return Paper(
        code=code,
        awards="优秀班主任",
        holder=f"示例区第{number}实验小学",
        person=f"{SURNAMES[number % 16]}示例{SURNAMES[number // 16 % 16]}",
        awarded_on=date(2023, 12, 12),
        valid_until=None,
        decision="示教〔2023〕40号",
        issuer="示例市教育局",
        address=f"https://example.test/schemes/certificates/?code={code}",
        demo=True,
    )


def letters(count: int) -> int:
    """Bytes of so many letters, each with headings and a table of twenty lines."""
    from junheng.platform.papers.document import document  # noqa: PLC0415 — Django is set up before
    from junheng.platform.papers.official import Official, Table  # noqa: PLC0415 — the same

    size = 0
    for number in range(count):
        lines = [[str(line), f"示例区第{line}实验小学", f"{number * line:,}.00"] for line in range(1, 21)]
        one = Official(
            office="示例市教育局", number=f"示教函〔2023〕{number}号", title=f"关于第{number}号事项限期整改的通知", to=[f"示例区第{number}实验小学"],
            body=["经查，你校存在以下问题。", "一、存在的问题", "各级检查结果如下。" * 8, Table(["序号", "单位", "金额"], lines, [5, 30, 15]), "二、整改要求", "请于期限前完成整改。"],
            day=date(2023, 12, 12), copies=["各县（市、区）教育局"], marks=["演示数据"],
        )  # fmt: skip
        size += len(document(one))
    return size


def statement(schools: int, kind: str) -> int:
    """Bytes of a statement of so many schools."""
    from junheng.platform.papers.printed import pdf_of  # noqa: PLC0415 — Django is set up before
    from junheng.platform.papers.statement import Cell, Column, Issue, Statement, code_for  # noqa: PLC0415 — the same
    from junheng.platform.papers.workbook import workbook  # noqa: PLC0415 — the same

    money = [Column(words, "money", 15) for words in ("核定", "差额结算", "应拨", "已拨", "尚欠")]
    amounts = [[number * part for part in range(12_345, 12_350)] for number in range(schools)]
    lines: list[list[Cell]] = [
        ["示例区", f"21410{number:05}", f"示例区第{number}实验小学", *row]
        for number, row in enumerate(amounts)
    ]
    one = Statement(
        title="2023年春季学期生均公用经费结算单", unit="示例市教育局", period="2023年春季学期",
        columns=[Column("县（市、区）", width=12), Column("学校标识码", width=12), Column("学校", width=26), *money], lines=lines,
        sums=[["", "", "合计", *map(sum, zip(*amounts, strict=True))]], marks=["演示数据"],
    )  # fmt: skip
    code = code_for(one.digest, "2023-12-12")
    issue = Issue(
        "示例",
        datetime(2023, 12, 12, tzinfo=UTC),
        date(2023, 12, 12),
        code,
        f"https://example.test/papers/verify/?code={code}",
    )
    return len(pdf_of(one, issue) if kind == "pdf" else workbook(one, issue).getvalue())


def main() -> int:
    """Measure and print; exit code 1 where a promise is missed."""
    parser = argparse.ArgumentParser(prog="bench papers", description=__doc__)
    parser.add_argument("--small", action="store_true", help="a tenth of it: a quick look")
    part = 10 if parser.parse_args().small else 1
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "junheng.project.settings")
    import django  # noqa: PLC0415 — after the settings are named

    django.setup()
    papers = [certificate(number) for number in range(CERTIFICATES // part)]
    kinds: dict[str, tuple[int, Callable[[], int]]] = {
        "certificates": (len(papers), lambda: sum(map(len, sheets(papers)))),
        "certificates in one file": (len(papers), lambda: len(booklet(papers))),
        "letters": (LETTERS // part, lambda: letters(LETTERS // part)),
        "statement as PDF": (SCHOOLS // part, lambda: statement(SCHOOLS // part, "pdf")),
        "statement as .xlsx": (SCHOOLS // part, lambda: statement(SCHOOLS // part, "xlsx")),
    }
    missed = False
    for name, (count, make) in kinds.items():
        begun = time.process_time()
        size = make()
        took = time.process_time() - begun
        promised = PROMISED.get(name)
        missed |= promised is not None and took > promised
        print(
            f"{name}, {count}: CPU {took:.2f} s, {size:,} bytes{f' (promised: {promised:.0f} s)' if promised else ''}"
        )
    print(f"most memory: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")
    print(machine())
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
