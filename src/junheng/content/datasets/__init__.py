"""Contracts of every table that a figure, a promise or a report relies on."""

from junheng.content.datasets import (
    articles,
    governance,
    groups,
    money,
    places,
    preschool,
    projects,
    pupils,
    safety,
    school_life,
)

__all__ = [
    "articles",
    "governance",
    "groups",
    "money",
    "places",
    "preschool",
    "projects",
    "pupils",
    "safety",
    "school_life",
]
