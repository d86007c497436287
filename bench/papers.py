"""Certificates as files: ``python -m bench.papers``. A thousand sheets, each a PDF of its own, and one file of all."""

import argparse
import sys
import time
from datetime import date

from bench.measure import machine
from junheng.domains.schemes.queries.paper import Paper, booklet, sheets

PROMISED = 60.0
SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨"


def paper(number: int) -> Paper:
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


def main() -> int:
    """Measure and print; exit code 1 where the promise is missed."""
    parser = argparse.ArgumentParser(prog="bench papers", description=__doc__)
    parser.add_argument("--small", action="store_true", help="a tenth of it: a quick look")
    count = 100 if parser.parse_args().small else 1_000
    papers = [paper(number) for number in range(count)]
    wall, processor = time.perf_counter(), time.process_time()
    size = sum(map(len, sheets(papers)))
    wall, processor = time.perf_counter() - wall, time.process_time() - processor
    print(
        f"{count} files: {wall:.1f} s, CPU {processor:.1f} s, {size // count} bytes each (promised: 1000 in 60 s)"
    )
    begun = time.process_time()
    print(
        f"one file of {count} pages: {len(booklet(papers)):,} bytes, CPU {time.process_time() - begun:.1f} s"
    )
    print(machine())
    return 0 if processor <= PROMISED * count / 1_000 else 1


if __name__ == "__main__":
    sys.exit(main())
