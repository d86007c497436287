"""The layout of GB/T 9704-2012 as styles: page, characters, lines and borders stand in these and in no paragraph.

Lengths are twentieths of a point as the format has them (1 mm is 56.7 of them), sizes of letters half points. 22 lines of
225 mm and 28 characters of 156 mm: a line is 579 high, a character of size 3 (320) is set 5 closer. What the standard
asks of a body is asked of its style by an exact height, so that every program breaks pages alike.
"""

from dataclasses import dataclass

from junheng.platform.papers.printable import width_of

PAGE_WIDTH, PAGE_HEIGHT = 11906, 16838
TOP, LEFT, RIGHT, BOTTOM = 2098, 1588, 1474, 1984
"""37, 28, 26 and 35 mm."""
ROOM = PAGE_WIDTH - LEFT - RIGHT
"""156 mm, as wide as 28 characters."""
LINE, CHARACTER = 579, 315
FOOTER = 1304
"""From the edge to the foot of the page number: its head is 7 mm below the type area."""
FANG, SONG, HEI, KAI, TITLE = "仿宋_GB2312", "宋体", "黑体", "楷体_GB2312", "方正小标宋简体"
FALLBACKS = {
    FANG: "仿宋,FangSong,STFangsong,Noto Serif SC",
    SONG: "SimSun,Songti SC,Noto Serif SC",
    HEI: "SimHei,Heiti SC,Noto Sans SC",
    KAI: "楷体,KaiTi,Kaiti SC,Noto Serif SC",
    TITLE: "小标宋,华文中宋,宋体,SimSun,Noto Serif SC",
}
"""Typefaces that the standard names, which are not free, and what stands in for each where it is not installed."""
RED, MARK = "FF0000", "9E2A2B"
OUTER, INNER = 8, 6
"""Eighths of a point: rules of 0.35 and 0.25 mm round the closing lines."""
MARK_SIZE, SIGNED_INDENT = "@marksize@", "@signedindent@"
"""What depends on the name of the office stands in the styles as these until a letter is written."""


@dataclass(frozen=True, slots=True)
class Style:
    """One style of a paragraph; its properties in the order that the format prescribes."""

    id: str
    name: str
    face: str = FANG
    size: int | str = 32
    color: str = ""
    before: int = 0
    line: int = LINE
    side: str = "both"
    left: int = 0
    right: int | str = 0
    first: int = 0
    hanging: int = 0
    keep: bool = False
    borders: str = ""
    tab: int = 0
    closer: bool = True

    @property
    def xml(self) -> str:
        """The style as the format has it."""
        paragraph = [
            "<w:keepNext/>" if self.keep else "",
            '<w:widowControl w:val="0"/>',
            f"<w:pBdr>{self.borders}</w:pBdr>" if self.borders else "",
            f'<w:tabs><w:tab w:val="right" w:pos="{self.tab}"/></w:tabs>' if self.tab else "",
            '<w:wordWrap w:val="0"/><w:autoSpaceDE w:val="0"/><w:autoSpaceDN w:val="0"/><w:snapToGrid w:val="0"/>',
            f'<w:spacing w:before="{self.before}" w:after="0" w:line="{self.line}" w:lineRule="exact"/>',
            f'<w:ind w:left="{self.left}" w:right="{self.right}"'
            + (f' w:hanging="{self.hanging}"/>' if self.hanging else f' w:firstLine="{self.first}"/>'),
            f'<w:jc w:val="{self.side}"/>',
        ]
        letters = [
            f'<w:rFonts w:ascii="{self.face}" w:hAnsi="{self.face}" w:eastAsia="{self.face}" w:cs="{self.face}"/>',
            '<w:b w:val="0"/>',
            f'<w:color w:val="{self.color or "auto"}"/>',
            '<w:spacing w:val="-5"/>' if self.closer else '<w:spacing w:val="0"/>',
            f'<w:sz w:val="{self.size}"/><w:szCs w:val="{self.size}"/>',
        ]
        return (
            f'<w:style {NAMES} w:type="paragraph" w:customStyle="1" w:styleId="{self.id}"><w:name w:val="{self.name}"/>'
            f'<w:basedOn w:val="Normal"/><w:qFormat/><w:pPr>{"".join(paragraph)}</w:pPr><w:rPr>{"".join(letters)}</w:rPr></w:style>'
        )


NAMES = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def rule(side: str, eighths: int, space: int, color: str = "000000") -> str:
    """A border of a paragraph."""
    return f'<w:{side} w:val="single" w:sz="{eighths}" w:space="{space}" w:color="{color}"/>'


STYLES = (
    Style("OfficeMark", "发文机关标志", TITLE, MARK_SIZE, RED, before=1984, line=1100, side="center", closer=False),
    Style("LetterNumber", "发文字号", before=2 * LINE, side="center", borders=rule("bottom", 12, 11, RED)),
    Style("LetterTitle", "公文标题", TITLE, 44, before=2 * LINE, line=640, side="center", keep=True, closer=False),
    Style("Addressees", "主送机关", before=LINE, side="left"),
    Style("Words", "公文正文", first=2 * CHARACTER),
    Style("LastWords", "公文正文末段", first=2 * CHARACTER, keep=True),
    Style("Level1", "公文一级标题", HEI, first=2 * CHARACTER, keep=True),
    Style("Level2", "公文二级标题", KAI, first=2 * CHARACTER, keep=True),
    Style("Annex", "附件说明", before=LINE, left=6 * CHARACTER, hanging=4 * CHARACTER, side="left", keep=True),
    Style("AnnexMore", "附件说明续项", left=6 * CHARACTER, hanging=CHARACTER, side="left", keep=True),
    Style("Signed", "发文机关署名", before=2 * LINE, side="right", right=SIGNED_INDENT, keep=True),
    Style("SignedDay", "成文日期", side="right", right=4 * CHARACTER),
    Style("Closing", "版记", size=28, line=520, left=CHARACTER, right=CHARACTER, side="left", tab=ROOM - CHARACTER,
          borders=rule("top", OUTER, 1) + rule("bottom", OUTER, 1) + rule("between", INNER, 1)),
    Style("TableHead", "公文表头", HEI, 21, line=340, side="center", keep=True, closer=False),
    Style("TableWords", "公文表文", size=21, line=340, side="left", closer=False),
    Style("TableCount", "公文表中数", size=21, line=340, side="center", closer=False),
    Style("TableAmount", "公文表中金额", size=21, line=340, side="right", closer=False),
    Style("AfterTable", "公文表前后", size=10, line=160),
    Style("PageOdd", "单页页码", SONG, 28, line=280, side="right", right=280, closer=False),
    Style("PageEven", "双页页码", SONG, 28, line=280, side="left", left=280, closer=False),
    Style("PaperMark", "公文标识", HEI, 24, MARK, line=320, side="right", closer=False),
)  # fmt: skip
SIDES = ("top", "left", "bottom", "right", "insideH", "insideV")


TABLE = (
    f'<w:style {NAMES} w:type="table" w:customStyle="1" w:styleId="PaperTable"><w:name w:val="公文表格"/><w:qFormat/><w:tblPr>'
    f"<w:tblBorders>{''.join(rule(side, 4, 0) for side in SIDES)}</w:tblBorders>"
    '<w:tblCellMar><w:left w:w="60" w:type="dxa"/><w:right w:w="60" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>'
)
FOOT = f'<w:framePr w:w="{ROOM}" w:hSpace="0" w:wrap="around" w:vAnchor="margin" w:hAnchor="margin" w:xAlign="left" w:yAlign="bottom"/>'
"""Where the closing lines stand: at the foot of the type area. A place and no look; programs read it in the paragraph alone."""


def mark_size(office: str) -> int:
    """Half points of the red name at the head: as large as stands on one line, at most 22 by 15 mm a character."""
    return min(104, max(36, ROOM * 2 // 10 // max(1, width_of(office)) // 2 * 2))


def signed_indent(office: str, day: str) -> int:
    """Where the office's name ends: its middle is over the middle of the day, which ends four characters in."""
    return max(0, 4 * CHARACTER + (width_of(day) - width_of(office)) * CHARACTER // 4)
