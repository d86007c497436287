"""How a name is read does not depend on how its reading is put together."""

import pytest

from junheng.platform.searching.reading import folded, initials, keys_of, readings, syllables

NAMES = [
    "",
    "沁阳市第2实验小学",
    "长垣路中学（东校区）",
    "重庆行乐都会单曾朝长大中学",
    "A-1号 12班",
    "３中",
    "都行2都行3都行4",
    "行1长2重3",
    "\n一\t中 ",
]


@pytest.mark.parametrize("name", NAMES)
def test_a_name_put_together_from_its_parts_is_read_like_the_whole(name: str) -> None:
    choices = syllables(name)
    whole = [name, "3141", *readings(choices), *readings(initials(choices))]
    lines = dict.fromkeys(folded(one) for one in whole if one)
    expected = " ".join(one[0] for one in choices), "".join(f"\n{line}" for line in lines)
    assert keys_of(name, ["3141"]) == expected
