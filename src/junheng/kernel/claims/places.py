"""Names of Chinese cities and provinces, so that another city's report is not judged by this city's records."""

import re

GENERIC_HOME = ("全市", "我市", "本市")
"""Words every city says of itself."""

_PROVINCES = """
北京市 天津市 上海市 重庆市 河北省 山西省 辽宁省 吉林省 黑龙江省 江苏省 浙江省 安徽省 福建省 江西省 山东省 河南省 湖北省 湖南省 广东省 海南省
四川省 贵州省 云南省 陕西省 甘肃省 青海省 台湾省 内蒙古自治区 广西壮族自治区 西藏自治区 宁夏回族自治区 新疆维吾尔自治区 香港特别行政区
澳门特别行政区
"""
_CITIES = """
石家庄 唐山 秦皇岛 邯郸 邢台 保定 张家口 承德 沧州 廊坊 衡水 太原 大同 阳泉 长治 晋城 朔州 晋中 运城 忻州 临汾 吕梁 呼和浩特 包头 乌海
赤峰 通辽 鄂尔多斯 呼伦贝尔 巴彦淖尔 乌兰察布 沈阳 大连 鞍山 抚顺 本溪 丹东 锦州 营口 阜新 辽阳 盘锦 铁岭 朝阳 葫芦岛 长春 吉林 四平 辽源
通化 白山 松原 白城 哈尔滨 齐齐哈尔 鸡西 鹤岗 双鸭山 大庆 伊春 佳木斯 七台河 牡丹江 黑河 绥化 南京 无锡 徐州 常州 苏州 南通 连云港 淮安
盐城 扬州 镇江 泰州 宿迁 杭州 宁波 温州 嘉兴 湖州 绍兴 金华 衢州 舟山 台州 丽水 合肥 芜湖 蚌埠 淮南 马鞍山 淮北 铜陵 安庆 黄山 滁州
阜阳 宿州 六安 亳州 池州 宣城 福州 厦门 莆田 三明 泉州 漳州 南平 龙岩 宁德 南昌 景德镇 萍乡 九江 新余 鹰潭 赣州 吉安 宜春 抚州 上饶
济南 青岛 淄博 枣庄 东营 烟台 潍坊 济宁 泰安 威海 日照 临沂 德州 聊城 滨州 菏泽 郑州 开封 洛阳 平顶山 安阳 鹤壁 新乡 焦作 濮阳 许昌
漯河 三门峡 南阳 商丘 信阳 周口 驻马店 济源 武汉 黄石 十堰 宜昌 襄阳 鄂州 荆门 孝感 荆州 黄冈 咸宁 随州 长沙 株洲 湘潭 衡阳 邵阳 岳阳
常德 张家界 益阳 郴州 永州 怀化 娄底 广州 韶关 深圳 珠海 汕头 佛山 江门 湛江 茂名 肇庆 惠州 梅州 汕尾 河源 阳江 清远 东莞 中山 潮州
揭阳 云浮 南宁 柳州 桂林 梧州 北海 防城港 钦州 贵港 玉林 百色 贺州 河池 来宾 崇左 海口 三亚 三沙 儋州 成都 自贡 攀枝花 泸州 德阳 绵阳
广元 遂宁 内江 乐山 南充 眉山 宜宾 广安 达州 雅安 巴中 资阳 贵阳 六盘水 遵义 安顺 毕节 铜仁 昆明 曲靖 玉溪 保山 昭通 丽江 普洱 临沧
拉萨 日喀则 昌都 林芝 山南 那曲 西安 铜川 宝鸡 咸阳 渭南 延安 汉中 榆林 安康 商洛 兰州 嘉峪关 金昌 白银 天水 武威 张掖 平凉 酒泉 庆阳
定西 陇南 西宁 海东 银川 石嘴山 吴忠 固原 中卫 乌鲁木齐 克拉玛依 吐鲁番 哈密
"""
PROVINCES = tuple(_PROVINCES.split())
CITIES = tuple(stem + "市" for stem in _CITIES.split())

_LOCAL = r"(?:(?<=[，,。；;：:、\n\s在由以])|^)[\u4e00-\u9fa5]{2,3}[县区市](?![级域别委一各内外])"
_NO_NAME = re.compile(
    r".*[全各本该外跨一每几多两三四五六七八九十个小县区市我我省]县|.*(?:推进|示范|先行|达标|贫困|重点|试点|认定|创建)[县市区]"
    r"|(?:联合|会同|协同|协调|配合|组织|邀请|指导|通过|按照|根据|经过|依托|报请|报送|提请|推动|督促|要求|争取|接受)[县市区]"
    r"|.*[学校园片辖城社地范行新景山库县市灾矿林牧特军战小老中居厂聚活能公全各本该外两边]区|.*(?:[全各本该我县区省城超集门都街]|大都)市"
)


def place_pattern(home: tuple[str, ...], parents: tuple[str, ...], areas: tuple[str, ...]) -> re.Pattern[str]:
    """One pattern for all names that say of which place a sentence speaks; the group's name says which sort.

    ``home`` before ``area`` before ``parent`` before ``other`` (``called`` where 市 is left out); unknown counties,
    districts and county-level cities are ``local``: recognised by their form, at the beginning of a clause.
    """
    own = {*home, *parents, *areas}
    others = [name for name in (*PROVINCES, *CITIES) if name not in own]
    sorts = (
        ("home", (*home, *GENERIC_HOME)),
        ("area", areas),
        ("parent", (*parents, "全省", "我省", "全国", "我国")),
        ("other", tuple(others)),
    )
    named = [
        f"(?P<{sort}>{'|'.join(map(re.escape, _longest_first(names)))})" for sort, names in sorts if names
    ]
    stems = "|".join(name.removesuffix("市") for name in CITIES if name not in own)
    called = f"(?P<called>(?:{stems})(?=教育|学校|中小学|师生|各县|各区))"
    return re.compile("|".join((*named, called, f"(?P<local>{_LOCAL})")))


def is_local_name(name: str) -> bool:
    """Whether words that end in 县, 区 or 市 may be a name: 中牟县 may, 各县, 学区 and 全市 may not.

    >>> [is_local_name(name) for name in ("中牟县", "西湖区", "全市各县", "施教学区")]
    [True, True, False, False]
    """
    return _NO_NAME.fullmatch(name) is None


def _longest_first(names: tuple[str, ...]) -> list[str]:
    return sorted(set(names), key=lambda name: (-len(name), name))
