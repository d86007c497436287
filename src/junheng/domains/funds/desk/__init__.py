"""What the desk shows of money per head: accounts of counties and schools, rolls, calculations, payments and files."""

from junheng.domains.funds.desk import (
    beds,
    deeds,
    official,
    pages,
    panels,
    paying,
    rolls,
    statements,
    subsidies,
)

__all__ = ["beds", "deeds", "official", "pages", "panels", "paying", "rolls", "statements", "subsidies"]
