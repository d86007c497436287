"""The cities under test: the small one always, the full one in the slow suite."""

from functools import lru_cache

import polars as pl
import pytest

from junheng.surfaces.demo.city import make_city
from junheng.surfaces.demo.frames import City
from junheng.surfaces.demo.plan import CityPlan, load_plan

PLANS = ("small", pytest.param("full", marks=pytest.mark.slow))


@lru_cache(maxsize=2)
def city_of(name: str) -> City:
    return make_city(load_plan(name))


@pytest.fixture(params=PLANS, scope="session")
def plan(request: pytest.FixtureRequest) -> CityPlan:
    return load_plan(request.param)


@pytest.fixture(scope="session")
def city(plan: CityPlan) -> City:
    return city_of(plan.name)


@pytest.fixture(scope="session")
def roll(city: City) -> pl.DataFrame:
    """Pupils on the roll on 31 December."""
    return city["pupils"].filter(pl.col("until").is_null())
