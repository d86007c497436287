"""Questions about money per head: rates of a term, the roll of a day, what is due, paid and in arrears, and why."""

from junheng.domains.funds.queries.accounts import Account, account_of, accounts, sums
from junheng.domains.funds.queries.lines import changes, lines_of_school, read_lines
from junheng.domains.funds.queries.rates import rates_of, reading_on
from junheng.domains.funds.queries.rolls import doubtful, latest_roll, roll_on
from junheng.domains.funds.queries.terms import current, next_term, terms_derived

__all__ = [
    "Account",
    "account_of",
    "accounts",
    "changes",
    "current",
    "doubtful",
    "latest_roll",
    "lines_of_school",
    "next_term",
    "rates_of",
    "read_lines",
    "reading_on",
    "roll_on",
    "sums",
    "terms_derived",
]
