"""Wrong policies speak when the house starts, beside the other mistakes of a declaration."""

from collections.abc import Iterator
from typing import Any

from django.core import checks

from junheng.platform.access.roles import RULES, Role
from junheng.platform.access.scope import role_may
from junheng.platform.registers.declare import Register
from junheng.platform.registers.flags import FIXED
from junheng.platform.registers.policies import OF_ROLE, Level, Owner, Policy, Source, decides
from junheng.platform.sealing import sealed_fields


def check_policies(register: Register[Any]) -> Iterator[checks.CheckMessage]:
    """A policy that says nothing, contradicts itself, or waits for somebody whom nobody is."""
    if register.policy.owner is Owner.OUTSIDE:
        yield wrong(register, 30, "is kept by a body outside of the house", "Name who keeps and confirms it.")
    for field in register.fields:
        if field.by is not None and field.by.decider is not None and FIXED in field.flags:
            yield wrong(
                register, 31, f"lets the fixed {field.name!r} be approved", "Only an action changes it."
            )
        yield from check_policy(register, repr(field.name), register.policy_of(field))
    if register.new_rows is not None:
        yield from check_policy(register, "new rows", register.new_rows)
        if register.new_rows.decider is None or sealed_fields(register.model):
            yield wrong(
                register,
                35,
                "cannot keep its new rows for approval",
                "Its policy names a level, and no field is sealed: a row that is not there has no key.",
            )


def check_policy(register: Register[Any], what: str, policy: Policy) -> Iterator[checks.CheckMessage]:
    """One policy."""
    if policy.decider is not None and policy.decider not in levels_that_may_decide(register, policy):
        hint = "Somebody at that level, or above where not `only`, must be able to change the register."
        yield wrong(register, 32, f"leaves {what} to be approved by nobody", hint)
    if not str(policy.why):
        yield wrong(register, 33, f"gives no reason for the policy of {what}", "Say `why`: people read it.")
    if sorted(policy.ranking) != sorted(Source):
        yield wrong(
            register, 34, f"does not rank every source of {what} once", f"Sources: {', '.join(Source)}"
        )


def levels_that_may_decide(register: Register[Any], policy: Policy) -> set[Level]:
    """The level asked for, if anybody who changes the register stands there or (not ``only``) above."""
    assert policy.decider is not None
    there = {level for role in Role if role_may(role, register, "change") for level in levels_of(role)}
    return {policy.decider} if any(decides(one, policy.decider, only=policy.only) for one in there) else set()


def levels_of(role: Role) -> set[Level]:
    """The levels at which a role can stand."""
    if role in OF_ROLE:
        return {OF_ROLE[role]}
    return {Level.COUNTY, Level.CITY} if RULES[role].level == "area" else {Level.SCHOOL}


def wrong(register: Register[Any], number: int, words: str, hint: str) -> checks.Error:
    """One mistake; the id never changes once published."""
    return checks.Error(f"{register!r} {words}", hint=hint, obj=register, id=f"registers.E{number:03}")
