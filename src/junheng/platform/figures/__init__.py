"""Figures and promises of the newest frozen day: computed by the kernel, worded here, shown by the doors.

Content is found by name (settings.JUNHENG_CONTENT), so that the same house can serve another city.
"""
