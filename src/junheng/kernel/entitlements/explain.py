"""Lines as people read them: by which rule, for how many, at which rate, by which clause."""

from dataclasses import dataclass

from junheng.kernel.entitlements.problem import STAGES, Lines, Rate, Rule


@dataclass(frozen=True, slots=True)
class Line:
    """One line of one school, with the rate that made it."""

    school: int
    stage: str
    rule: Rule
    count: int
    rate: Rate
    amount: int


def lines_of(lines: Lines, school: int | None = None) -> list[Line]:
    """The lines of one school, or of all, in their order."""
    rows = zip(
        lines.school.tolist(),
        lines.stage.tolist(),
        lines.rule.tolist(),
        lines.count.tolist(),
        lines.amount.tolist(),
        strict=True,
    )
    found = []
    for number, stage, rule, count, amount in rows:
        if school is None or number == school:
            rate = lines.rates.of(Rule(rule), stage)
            assert rate is not None
            found.append(Line(number, STAGES[stage], Rule(rule), count, rate, amount))
    return found
