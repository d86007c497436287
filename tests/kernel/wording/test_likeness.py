"""Pairs of labels as five sections write them, with what a person says: the same question, or not."""

from fractions import Fraction

import pytest

from junheng.kernel.wording import SAME, likeness, nearest

SAME_QUESTION = [
    ("学生数", "在校学生总人数"), ("学生人数", "目前在校生人数（人）"), ("班级数", "教学班数量"), ("班级数", "贵校现有教学班个数"),
    ("联系电话", "手机号码"), ("学校联系电话", "办公电话"), ("校长", "校长姓名"), ("校长", "负责人"), ("地址", "学校详细地址"),
    ("学校标识码", "标识码"), ("核定学位", "核定学位数"), ("寄宿制", "是否寄宿制"), ("住宿学生人数", "寄宿生数"),
    ("设立日", "建校日期"), ("办学类型", "学校办学类别（单选）"), ("专任教师人数", "专任教师总数（人）"), ("专任教师数", "专任任课教师数"),
    ("心理辅导室面积", "心理辅导室建筑面积（平方米）"), ("留守儿童人数", "留守学生数"), ("七年级班级数", "7年级教学班个数"),
    ("是否有心理辅导室", "有无心理辅导室"), ("校医人数", "校医数量"), ("食堂座位数", "学校食堂座位数"), ("图书册数", "图书总册数"),
    ("占地面积", "校园占地面积（㎡）"), ("电脑台数", "计算机数量"), ("午餐收费标准", "午餐收费标准（元）"), ("课后服务参加人数", "参加课后服务人数"),
    ("月保教费", "保教费（元/月）"), ("在园幼儿数", "在园儿童人数"), ("监控摄像头数量", "监控摄像头个数"), ("校车数量", "校车数"),
    ("城乡分类", "城乡类型"), ("直饮水机台数", "直饮水机数量（台）"), ("心理教师人数", "心理老师数"), ("校名", "学校名称"),
]  # fmt: skip
OTHER_QUESTION = [
    ("男生人数", "女生人数"), ("七年级学生数", "八年级学生数"), ("学生数", "教师数"), ("班级数", "学生数"), ("小学班级数", "初中班级数"),
    ("寄宿生人数", "走读生人数"), ("起始日", "终止日"), ("收入金额", "支出金额"), ("占地面积", "建筑面积"), ("专任教师数", "外聘教师数"),
    ("校长", "校长电话"), ("学校地址", "学校电话"), ("联系电话", "联系地址"), ("心理教师人数", "体育教师人数"), ("核定学位", "学生数"),
    ("图书册数", "电脑台数"), ("食堂座位数", "食堂面积"), ("校车数量", "校医人数"), ("午餐收费标准", "晚餐收费标准"), ("2022年毕业人数", "2023年毕业人数"),
    ("监控摄像头数量", "消防栓数量"), ("新增班级数", "减少班级数"), ("转入学生数", "转出学生数"), ("参加课后服务人数", "家访次数"), ("城乡分类", "办学类型"),
    ("直饮水机台数", "空调台数"), ("寄宿制", "办学性质"), ("语文教师数", "数学教师数"), ("公办园数", "民办园数"), ("设立日", "撤销日"),
    ("班主任姓名", "校长姓名"), ("课后服务收费标准", "课后服务参加人数"), ("旱厕数量", "水冲厕所面积"), ("学生近视率", "学生人数"),
]  # fmt: skip


@pytest.mark.parametrize(("one", "other"), SAME_QUESTION)
def test_the_same_question_is_found_both_ways(one: str, other: str) -> None:
    found = likeness(one, other)
    assert found.same, found
    assert likeness(other, one).score == found.score
    assert found.apart is None


@pytest.mark.parametrize(("one", "other"), OTHER_QUESTION)
def test_another_question_is_not(one: str, other: str) -> None:
    found = likeness(one, other)
    assert not found.same, found


def test_the_score_is_exact_and_explained() -> None:
    found = likeness("心理辅导室面积", "心理辅导室建筑面积")
    assert isinstance(found.score, Fraction)
    assert SAME <= found.score < 1
    assert "心理" in found.shared
    assert likeness("男生人数", "女生人数").apart == ("男", "女")


def test_a_label_of_nothing_is_like_nothing() -> None:
    assert likeness("（）", "学生数").score == 0
    assert nearest("学生数", []) is None


def test_the_likest_of_several_names_counts() -> None:
    found = nearest("目前在校学生数", ["校名", "学生人数"])
    assert found is not None
    assert (found.score, found.second) == (1, "学生数")
