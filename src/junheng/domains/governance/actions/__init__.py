"""The deeds about cases: open one, take its legal steps, keep its exhibits, refunds and officers, and close it."""

from junheng.domains.governance.actions.exhibits import add_exhibit, open_exhibit, pass_on
from junheng.domains.governance.actions.extending import extend
from junheng.domains.governance.actions.fees import find_charge, repay_charge
from junheng.domains.governance.actions.officers import add_partner, keep_out
from junheng.domains.governance.actions.opening import open_case, open_file
from junheng.domains.governance.actions.procedure import take_legal_step
from junheng.domains.governance.actions.refunds import add_refund, explain_nothing_owed, prove_refund
from junheng.domains.governance.actions.sites import judge_sites
from junheng.domains.governance.actions.stepping import take_step
from junheng.domains.governance.actions.watching import escalate

__all__ = [
    "add_exhibit",
    "add_partner",
    "add_refund",
    "escalate",
    "explain_nothing_owed",
    "extend",
    "find_charge",
    "judge_sites",
    "keep_out",
    "open_case",
    "open_exhibit",
    "open_file",
    "pass_on",
    "prove_refund",
    "repay_charge",
    "take_legal_step",
    "take_step",
]
