"""A sum of money shared out in proportion, so that the shares add up to it: the method of the largest remainder."""

from collections.abc import Sequence

from junheng.kernel.errors import Refusal


def share_out(total: int, weights: Sequence[int]) -> list[int]:
    """Whole fen for each weight; what rounding down leaves goes, a fen each, to the largest remainders.

    Equal remainders are served in the order given. No float is near: remainders are compared as whole numbers.

    >>> share_out(100, [1, 1, 1])
    [34, 33, 33]
    >>> share_out(10_001, [6, 4])
    [6001, 4000]
    """
    whole = sum(weights)
    if total < 0 or any(weight < 0 for weight in weights):
        raise Refusal("negative-share", "要分配的金额和各方的份额都不能为负数。请核对。")
    if not whole:
        raise Refusal("nobody-to-share", "没有可以分配的对象：各方的份额都是零。请核对名单。")
    floors = [total * weight // whole for weight in weights]
    rests = [total * weight % whole for weight in weights]
    order = sorted(range(len(weights)), key=lambda place: -rests[place])
    for place in order[: total - sum(floors)]:
        floors[place] += 1
    return floors


def share_at_most(total: int, owed: Sequence[int]) -> list[int]:
    """An instalment over what is still owed, in proportion to it: nobody gets more than that.

    >>> share_at_most(50, [60, 40]), share_at_most(100, [60, 40])
    ([30, 20], [60, 40])
    """
    if total > sum(owed):
        raise Refusal(
            "more-than-owed",
            "本次拨付 {total} 分，多于尚欠的 {owed} 分。请核对金额，多出的部分不能拨付。",
            total=total,
            owed=sum(owed),
        )
    return share_out(total, owed)
