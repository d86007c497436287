"""What rooms above ask before a finding of theirs is closed; each condition refuses by raising."""

from collections.abc import Callable

from junheng.domains.findings.models import Finding

Condition = Callable[[Finding], None]
_CONDITIONS: list[Condition] = []


def before_closing(condition: Condition) -> Condition:
    """Have a condition asked before any finding is closed."""
    if condition not in _CONDITIONS:
        _CONDITIONS.append(condition)
    return condition


def check_conditions(finding: Finding) -> None:
    """Ask every condition about one finding."""
    for condition in _CONDITIONS:
        condition(finding)
