"""Why two records may be one person, or may not: a sentence for each part, the weightiest first. Nobody's data is in them."""

from collections.abc import Mapping

from junheng.kernel.linkage.levels import Born, Name, Number, Part, Same
from junheng.kernel.linkage.problem import Note, Pair
from junheng.kernel.values.said import Said


def name_said(level: Name, count: int) -> Said:
    """What two names say, with how many on the roll the same is true of: what few have says more."""
    said = {
        Name.UNKNOWN: Said("有一方没有姓名，无从比较。"),
        Name.SAME: Said("姓名相同；名册上共有{count}人用这个姓名。", count=count),
        Name.TYPED: Said(
            "姓名有一个字不同、读音相同，像是选错了字；名册上同样相近的有{count}人。", count=count
        ),
        Name.SOUND: Said("姓名用字不同、读音全部相同；名册上同样相近的有{count}人。", count=count),
        Name.NEAR_SOUND: Said(
            "姓名读音相近（平翘舌、前后鼻音或n与l不分）；名册上同样相近的有{count}人。", count=count
        ),
        Name.TURNED: Said("姓名用字相同、先后不同；名册上同样相近的有{count}人。", count=count),
        Name.EDIT: Said("姓名错一个字、少一个字或多一个字；名册上同样相近的有{count}人。", count=count),
        Name.FAMILY: Said("只有姓氏相同；名册上这个姓氏有{count}人。", count=count),
        Name.OTHER: Said("姓名不同。"),
    }
    return said[level]


def sentences() -> Mapping[Part, Mapping[int, Said]]:
    """The sentence of each level of the other parts."""
    return {
        Part.NUMBER: {
            Number.UNKNOWN: Said("名单上的身份证件号缺失或有误，或名册上没有，无从比较。"),
            Number.SAME: Said("身份证件号相同。"),
            Number.NEAR: Said("名单上的身份证件号有误；改正一处后与名册上的相同，像是抄错、录错。"),
            Number.OTHER: Said("双方的身份证件号都完整，但不相同。"),
        },
        Part.BORN: {
            Born.UNKNOWN: Said("有一方没有出生日期，无从比较。"),
            Born.SAME: Said("出生日期相同。"),
            Born.TURNED: Said("出生日期的月和日像是写反了。"),
            Born.DIGIT: Said("出生日期有一位数字不同，或相邻两位写颠倒了。"),
            Born.YEAR: Said("出生年份相同，月日不同。"),
            Born.OTHER: Said("出生年份不同。"),
        },
        Part.SEX: {
            Same.UNKNOWN: Said("有一方没有性别，无从比较。"),
            Same.SAME: Said("性别相同。"),
            Same.OTHER: Said("性别不同。"),
        },
        Part.AREA: {
            Same.UNKNOWN: Said("有一方没有县级区划，无从比较。"),
            Same.SAME: Said("县级区划相同。"),
            Same.OTHER: Said("县级区划不同，可能已经迁移。"),
        },
        Part.SCHOOL: {
            Same.UNKNOWN: Said("名单没有写明学校，无从比较。"),
            Same.SAME: Said("学校相同。"),
            Same.OTHER: Said("学校不同，可能已经转学。"),
        },
    }


def reasons_of(pair: Pair) -> list[Said]:
    """What speaks for and against one person, the weightiest first; what is not known comes last."""
    said = sentences()
    order = sorted(Part, key=lambda part: (pair.levels[part] == 0, -abs(pair.weights[part]), part))
    found = [
        name_said(Name(pair.levels[part]), pair.likewise)
        if part is Part.NAME
        else said[part][int(pair.levels[part])]
        for part in order
    ]
    if pair.taken:
        found.append(Said("名单的另一行已按号码和姓名与这名学生完全对应。"))
    return found


def sure_of(pair: Pair) -> Said:
    """How likely it is that the two are one person, in words; nobody is to add up points."""
    if pair.levels[Part.NUMBER] == Number.SAME:
        return Said("号码相同，姓名或其他情况需要核对")
    for least, words in (
        (664, Said("很可能是同一人")),
        (200, Said("较可能是同一人")),
        (-200, Said("是否同一人难以判断")),
    ):
        if pair.score >= least:
            return words
    return Said("不大像同一人")


def notes_told(notes: Note, *, namesakes: int = 0) -> list[Said]:
    """What else has to be said of a row."""
    told = {
        Note.OTHER_NAME: Said("号码在名册上，但姓名不同：可能是改过名、录错，或用了他人的号码。"),
        Note.TWO_ROLLS: Said("这个号码在名册上不止一处：可能同时在两所学校有学籍，请先核实学籍。"),
        Note.TWO_ROWS: Said("名单里另有一行用了同一号码，或指向同一名学生。"),
        Note.EQUALS: Said("前两名学生同样相近，可能是双胞胎或同名：请逐项核对。"),
        Note.MORE: Said("还有同样相近的学生没有列出：请补全名单上的信息后重新比对。"),
        Note.VAGUE: Said(
            "名册上有{count}人用这个姓名，名单没有出生日期，无从区分：请补全后重新比对。", count=namesakes
        ),
        Note.FLAWED: Said("名单上的身份证件号缺失或有误。"),
    }
    return [said for note, said in told.items() if note in notes]
