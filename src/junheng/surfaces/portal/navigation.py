"""The menu of the public pages."""

from django.utils.translation import gettext_lazy as _

from junheng.platform.ui.chrome import Entry

PLACES = (
    Entry(_("首页"), "home", "portal:front"),
    Entry(_("入学报名"), "pencil-square", "registrations:home"),
    Entry(_("招生计划"), "map", "intakes:list"),
    Entry(_("报告"), "newspaper", "portal:news"),
    Entry(_("机构查询"), "building-office", "institutions:look-up"),
    Entry(_("普惠园"), "home-modern", "kindergartens:inclusive"),
    Entry(_("学校建设"), "building-office", "projects:index"),
    Entry(_("收费查询"), "banknotes", "fees:find"),
    Entry(_("奖补公示"), "banknotes", "awardfunds:index"),
    Entry(_("学校安全等级"), "shield-check", "safety:look-up"),
    Entry(_("评选认定"), "trophy", "schemes:schemes"),
    Entry(_("资助和贷款"), "gift", "aid:enter"),
    Entry(_("双随机抽查"), "clipboard-document-check", "visits:draws"),
    Entry(_("举报"), "megaphone", "tips:new"),
    Entry(_("公开数据"), "chart-bar", "portal:figures"),
)
