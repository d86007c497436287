"""What an installation is set to: nothing that is meant for a developer's desk may reach a town's office."""

from django.conf import settings
from django.utils.translation import gettext as _

from junheng.platform.upkeep.doctor.check import Finding, Patient, check

AT_HOME = frozenset({"127.0.0.1", "localhost", "[::1]", "testserver"})


def reached_by_others() -> bool:
    """Whether the house answers under a name that other machines know."""
    return any(host not in AT_HOME for host in settings.ALLOWED_HOSTS)


@check("调试页面")
def debug_is_off(patient: Patient) -> Finding:
    if not settings.DEBUG or not reached_by_others():
        return None
    return _("调试页面已打开，出错时会把程序和数据显示给任何人。请去掉 JUNHENG_DEBUG=1 后重启。")


@check("访问域名")
def hosts_are_named(patient: Patient) -> Finding:
    if "*" not in settings.ALLOWED_HOSTS:
        return None
    return _("ALLOWED_HOSTS 中有 *，任何域名都会应答。请改为本系统的域名。")


@check("HTTPS")
def cookies_need_https(patient: Patient) -> Finding:
    if not reached_by_others() or (settings.SESSION_COOKIE_SECURE and settings.CSRF_COOKIE_SECURE):
        return None
    return _(
        "网页可从别的机器访问，但没有要求 HTTPS，登录信息会在网上明文传送。请配置证书并设 JUNHENG_HTTPS=1。"
    )


@check("演示数据")
def demonstration_stays_at_home(patient: Patient) -> Finding:
    if not settings.DEMO or not reached_by_others():
        return None
    return _("这是演示系统，登录页上公开了密码，却可从别的机器访问。请只在本机使用，或设 JUNHENG_DEMO=0。")
