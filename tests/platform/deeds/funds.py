"""Cases of the deed about frozen rolls; ``cases`` says what a case is."""

from datetime import date

from junheng.domains.funds.models import Derivation, RollFreeze
from junheng.platform.access.roles import Role
from tests.domains.funds import term as begun
from tests.platform.deeds.filled import Filled


def frozen() -> RollFreeze:
    """A roll that lies in the county of the cases."""
    begun.town(2)
    roll = begun.frozen()
    RollFreeze.objects.update(area="410802")
    return RollFreeze.objects.get(pk=roll.pk)


def outdated() -> RollFreeze:
    """A roll after which another one of the term was frozen."""
    roll = frozen()
    begun.frozen(day=date(2023, 3, 2))
    RollFreeze.objects.update(area="410802")
    return RollFreeze.objects.get(pk=roll.pk)


FUNDS: dict[tuple[str, str], Filled] = {
    ("rollfreezes", "derive"): Filled(
        frozen, Role.CITY_SECTION, lambda row: {}, lambda row: Derivation.objects.filter(roll=row.pk).exists(), outdated
    ),
}  # fmt: skip
