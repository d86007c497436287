"""The day on which surveys open and close, and the words of terms."""

from datetime import date

from junheng.kernel.values.school_term import SchoolTerm
from junheng.platform.registers.asker import Asker
from junheng.platform.registers.views.browse import default_day


def day_of(asker: Asker) -> date:
    """The day by which the house goes: its own (settings.JUNHENG_AS_OF), else today."""
    return default_day(asker)


def term_on(day: date) -> str:
    """The term of a day, as it is kept."""
    return str(SchoolTerm.containing(day))


def terms_around(day: date) -> list[str]:
    """The term before, this one and the next: those for which somebody designs."""
    this = SchoolTerm.containing(day)
    earlier = SchoolTerm(this.year, "S") if this.season == "A" else SchoolTerm(this.year - 1, "A")
    later = SchoolTerm(this.year + 1, "S") if this.season == "A" else SchoolTerm(this.year, "A")
    return [str(earlier), str(this), str(later)]
