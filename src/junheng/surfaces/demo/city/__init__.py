"""The demonstration city: every record of it, from one number."""

from collections.abc import Callable
from importlib import import_module
from typing import Final

from junheng.surfaces.demo.dice import Dice
from junheng.surfaces.demo.frames import City
from junheng.surfaces.demo.plan import CityPlan

SUBJECTS: Final = (
    "areas", "schools", "classes", "pupils", "kindergartens", "children", "entrants", "projects", "groups",
    "officials", "waters", "safety", "governance", "documents", "titles",
    "care", "visits", "afterclass", "funds", "aid", "articles",
)  # fmt: skip
SEED: Final = 4108

Maker = Callable[[CityPlan, Dice, City], City]


def make_city(plan: CityPlan, seed: int = SEED, done: Callable[[str], None] = lambda subject: None) -> City:
    """All tables of the city by contract name. ``done`` is told each subject when it has been made."""
    made: City = {}
    for subject in SUBJECTS:
        maker: Maker = import_module(f"{__name__}.{subject}").make
        made |= maker(plan, Dice(seed, subject), made)
        done(subject)
    return made
