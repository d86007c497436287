"""One value on a page. A list shows hundreds of them, so they are not templates of their own."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from junheng.platform.registers.values import Cell

register = template.Library()


@register.filter
def as_html(cell: Cell) -> SafeString | str:
    """A value as a badge, a link, a masked word, or plain; a dash where there is none."""
    if cell.yes is not None:
        return format_html(
            '<span class="badge" data-tone="{}">{}</span>', "good" if cell.yes else "calm", cell.text
        )
    if cell.link:
        return format_html('<a href="{}">{}</a>', cell.link, cell.text)
    if cell.masked:
        return format_html('<span class="masked" title="{}">{}</span>', _("敏感信息，已遮盖"), cell.text)
    return cell.text or "—"
