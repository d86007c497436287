"""Registers: one declaration a table, from which list, detail, edit, import, export, history and API are made."""

from junheng.platform.registers.declare import F, Register
from junheng.platform.registers.flags import FILTER, FIXED, KEY, LIST, PUBLIC, SEARCH, SENSITIVE, Flag
from junheng.platform.registers.policies import (
    CITY_KEEPS,
    CLASS_KEEPS,
    COUNTY_KEEPS,
    SCHOOL_KEEPS,
    Level,
    Owner,
    Policy,
)
from junheng.platform.registers.registry import every_register, register, register_called, register_of

__all__ = [
    "CITY_KEEPS",
    "CLASS_KEEPS",
    "COUNTY_KEEPS",
    "FILTER",
    "FIXED",
    "KEY",
    "LIST",
    "PUBLIC",
    "SCHOOL_KEEPS",
    "SEARCH",
    "SENSITIVE",
    "F",
    "Flag",
    "Level",
    "Owner",
    "Policy",
    "Register",
    "every_register",
    "register",
    "register_called",
    "register_of",
]
