"""The menu of the desk."""

from django.utils.translation import gettext_lazy as _

from junheng.domains.afterclass.desk.pages import sees_needs
from junheng.domains.aid.policies import sees_aid, sees_requests
from junheng.domains.awardfunds.desk.pages import sees_awards
from junheng.domains.care.policies import sees_members
from junheng.domains.familyletters.policies import sees_family_letters
from junheng.domains.fieldwork.policies.scope import sees_field_records
from junheng.domains.funds.desk.pages import sees_funds
from junheng.domains.governance.desk.overview import sees_cases
from junheng.domains.groups.desk.pages import sees_groups
from junheng.domains.guidance.policies import sees_cases as sees_plans
from junheng.domains.homevisits.desk.pages import sees_visits
from junheng.domains.incidents.desk.pages import sees_incidents
from junheng.domains.intakes.policies.scope import sees_intakes
from junheng.domains.letters.desk.pages import sees_letters
from junheng.domains.partnerlists.policies.scope import sees_partner_lists
from junheng.domains.patrols.desk.offering import has_patrols, sees_patrols
from junheng.domains.posts.desk.pages import sees_posts
from junheng.domains.projects.policies import sees_projects
from junheng.domains.registrations.portal.officers import enters
from junheng.domains.safety.desk.levels import sees_levels
from junheng.domains.safety.policies import sees_rounds
from junheng.domains.schemes.desk.office import sees_schemes
from junheng.domains.tips.desk.overview import sees_overview
from junheng.domains.tips.policies.scope import takes_tips
from junheng.domains.visits.policies.scope import goes_on_visits, plans_visits
from junheng.platform.accounts.rights import looks_after_accounts
from junheng.platform.asks.waiting import has_surveys
from junheng.platform.retention.views import keeps
from junheng.platform.stewardship.offering import keeps_account, writes
from junheng.platform.ui.chrome import Entry, Section
from junheng.surfaces.desk.consents import sees_consents
from junheng.surfaces.desk.kindergarten import runs_a_kindergarten
from junheng.surfaces.desk.supports import sees_supports
from junheng.surfaces.desk.undone import sees_undone
from junheng.surfaces.desk.waters.page import sees_waters
from junheng.surfaces.field.offering import goes_out, sends_for_others
from junheng.surfaces.portal.chapters import CHAPTERS

MENU = (
    Section(
        "",
        (
            Entry(_("首页"), "home", "desk:home"),
            Entry(_("全市概览"), "squares-2x2", "desk:overview"),
            Entry(_("今天没有做到的"), "exclamation-triangle", "desk:undone", shown=sees_undone),
        ),
    ),
    Section(
        _("五个篇章"),
        tuple(
            Entry(chapter.word, chapter.icon, "desk:chapter", (chapter.code,))
            for chapter in CHAPTERS.values()
        ),
    ),
    Section(
        _("数据与发布"),
        (
            Entry(_("年度数据"), "chart-bar", "desk:figures"),
            Entry(_("承诺"), "check-badge", "desk:promises"),
            Entry(_("报告"), "newspaper", "desk:articles"),
            Entry(_("文稿核查"), "document-magnifying-glass", "desk:checker"),
        ),
    ),
    Section(
        _("登记"),
        (
            Entry(_("名录与台账"), "rectangle-stack", "registers:index"),
            Entry(_("台账确认"), "check-badge", "stewardship:mine", shown=keeps_account),
            Entry(_("数据质量"), "magnifying-glass-circle", "quality:overview"),
            Entry(_("一次性调查"), "pencil-square", "asks:home", shown=has_surveys),
        ),
    ),
    Section(
        _("办理"),
        (
            Entry(_("水域暗访"), "device-phone-mobile", "field:app", shown=goes_out),
            Entry(_("水域地图"), "globe-asia-australia", "desk:waters", shown=sees_waters),
            Entry(_("三级督导检查"), "clipboard-document-check", "safety:rounds", shown=sees_rounds),
            Entry(_("安全标准化等级"), "shield-check", "safety:levels", shown=sees_levels),
            Entry(_("安全事件"), "bell-alert", "incidents:overview", shown=sees_incidents),
            Entry(_("心理委员"), "user-group", "care:members", shown=sees_members),
            Entry(_("一人一策"), "lock-closed", "guidance:cases", shown=sees_plans),
            Entry(_("安全岗位"), "user-group", "posts:mine", shown=sees_posts),
            Entry(_("本园"), "home-modern", "desk:own-kindergarten", shown=runs_a_kindergarten),
            Entry(_("普惠园扶持"), "lifebuoy", "desk:kindergarten-supports", shown=sees_supports),
            Entry(_("待批准"), "clipboard-document-check", "stewardship:proposals", shown=writes),
            Entry(_("家访"), "home", "homevisits:home", shown=sees_visits),
            Entry(_("待取得的同意"), "hand-raised", "desk:consents", shown=sees_consents),
            Entry(_("告家长书"), "envelope-open", "familyletters:mine", shown=sees_family_letters),
            Entry(_("校外培训案件督办"), "scale", "governance:overview", shown=sees_cases),
            Entry(_("函件与告诫会"), "envelope", "letters:overview", shown=sees_letters),
            Entry(_("集团与结对"), "lifebuoy", "groups:overview", shown=sees_groups),
            Entry(_("建设项目"), "building-office", "projects:overview", shown=sees_projects),
            Entry(_("奖补资金"), "banknotes", "awardfunds:overview", shown=sees_awards),
            Entry(_("生均公用经费"), "banknotes", "funds:overview", shown=sees_funds),
            Entry(_("课后服务"), "academic-cap", "afterclass:overview", shown=sees_needs),
            Entry(_("学生资助"), "gift", "aid:overview", shown=sees_aid),
            Entry(_("资助校内公示"), "megaphone", "aid:shown", shown=sees_requests),
            Entry(_("部门名单比对"), "identification", "partnerlists:lists", shown=sees_partner_lists),
            Entry(_("评选认定"), "trophy", "schemes:office", shown=sees_schemes),
            Entry(_("招生"), "map", "intakes:office", shown=sees_intakes),
            Entry(_("报名审核"), "check-circle", "registrations:check-lists", shown=sees_intakes),
            Entry(_("窗口代办报名"), "pencil", "registrations:counter", shown=enters),
            Entry(_("代送手机记录"), "arrow-up-tray", "field:file", shown=sends_for_others),
            Entry(_("我的水域暗访"), "map-pin", "patrols:mine", shown=has_patrols),
            Entry(_("暗访完成情况"), "eye", "patrols:weeks", shown=sees_patrols),
            Entry(_("外勤记录"), "device-phone-mobile", "fieldwork:days", shown=sees_field_records),
            Entry(_("举报受理台"), "megaphone", "tips:inbox", shown=takes_tips),
            Entry(_("举报办理情况"), "chart-pie", "tips:overview", shown=sees_overview),
            Entry(_("抽查和暗访"), "eye", "visits:office", shown=plans_visits),
            Entry(_("我的检查任务"), "clipboard-document-check", "visits:mine", shown=goes_on_visits),
            Entry(_("保存与销毁"), "archive-box-x-mark", "retention:overview", shown=keeps),
            Entry(_("我的任务"), "clock", "jobs:mine"),
        ),
    ),
    Section(
        _("管理"),
        (
            Entry(_("账号管理"), "users", "accounts:people", shown=looks_after_accounts),
            Entry(_("接口令牌"), "key", "tokens:mine"),
        ),
    ),
)
