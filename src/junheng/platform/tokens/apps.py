"""Tokens as a Django app."""

from django.apps import AppConfig


class TokensConfig(AppConfig):
    """Tokens of programs and the answers kept for repeated requests."""

    name = "junheng.platform.tokens"
    label = "tokens"
    verbose_name = "接口令牌"
