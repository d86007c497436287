"""Who of a partner's list is who on the roll: certain by number and name, else pairs with reasons for a person to judge."""

from junheng.kernel.linkage.explain import notes_told, reasons_of, sure_of
from junheng.kernel.linkage.levels import Born, Name, Number, Part, Same
from junheng.kernel.linkage.names import name_form, plain_name
from junheng.kernel.linkage.problem import Links, Listed, Note, Pair, Pairs, Roll, Verdict
from junheng.kernel.linkage.slips import Told, number_told, repairs
from junheng.kernel.linkage.solve import link
from junheng.kernel.linkage.verify import faults
from junheng.kernel.linkage.weights import Weights

__all__ = [
    "Born",
    "Links",
    "Listed",
    "Name",
    "Note",
    "Number",
    "Pair",
    "Pairs",
    "Part",
    "Roll",
    "Same",
    "Told",
    "Verdict",
    "Weights",
    "faults",
    "link",
    "name_form",
    "notes_told",
    "number_told",
    "plain_name",
    "reasons_of",
    "repairs",
    "sure_of",
]
