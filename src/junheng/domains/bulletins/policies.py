"""Who may sign and publish: a version is signed by six different persons, and published only as it was signed."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Model

from junheng.domains.bulletins.models import Article, Release, SignOff
from junheng.domains.bulletins.terms import ArticleState, SignOffRole
from junheng.domains.people.models import Person
from junheng.kernel.claims import Judgement, Verdict
from junheng.kernel.errors import Conflict, NotAllowed, Refusal
from junheng.platform.audit.append import Actor
from junheng.platform.figures.words import told
from junheng.platform.registers import Register
from junheng.platform.registers.asker import Asker
from junheng.platform.registers.gates import Intent

SIGNED = ("title", "source", "slug", "previous")
"""What stands on the page beside the signed text: it does not change under signatures."""


class SignedArticles:
    """Refuses to change by hand what was published, and what people have signed as it stands."""

    def divert(
        self, register: Register[Any], intents: list[Intent], *, asker: Asker, why: str, source: str
    ) -> None:
        if register.model is not Article:
            return
        for one in intents:
            row, before = one.row, one.before
            if before is None or not isinstance(row, Article):
                continue
            if row.state == ArticleState.PUBLISHED:
                raise Conflict(
                    "article-published",
                    "「{article}」已经发布，不能直接修改，没有保存任何内容。请重新生成、六个岗位重新签发后发布更正；旧版保留。",
                    article=before["title"],
                )
            beside = [name for name in SIGNED if getattr(row, name) != before[name]]
            if beside and SignOff.objects.filter(article=row, digest=row.digest).exists():
                raise Conflict(
                    "article-signed",
                    "「{article}」的这一版已有人签发，标题、来源不能再改，没有保存任何内容。要改的请先修改正文或重新生成，再由六个岗位签发。",
                    article=before["title"],
                )

    def notes(self, register: Register[Any], row: Model | None, *, asker: Asker) -> Mapping[str, str]:
        return {}


def check_own_hand(person: Person, *, by: Actor | str, paper: str) -> None:
    """Nobody signs for somebody who can sign himself; for all others there is a signed paper."""
    if person.user is not None:
        if str(by) != person.user.get_username():
            raise NotAllowed(
                "signs-oneself",
                "{person}有自己的账号，不能代签，签发没有生效。请本人登录后签发。",
                person=person.name,
            )
    elif not paper:
        raise Refusal(
            "signature-without-paper",
            "{person}没有账号。代录签发须填写本人签字的签发单编号，签发没有生效；也可以先在责任人名册里为其关联账号。",
            person=person.name,
        )


def check_may_sign(article: Article, role: str, person: Person, digest: str) -> None:
    """Refuses a version that has changed, a role that has signed, and a person who signs twice."""
    if article.digest != digest:
        raise Conflict(
            "version-changed",
            "稿件在您打开之后已经修改，签发没有生效。请重新阅读最新一版后再签发。",
        )
    signed = SignOff.objects.filter(article=article, digest=digest)
    if signed.filter(role=role).exists():
        raise Refusal(
            "role-has-signed", "“{role}”已经签发这一版，无需重复签发。", role=SignOffRole(role).label
        )
    if signed.filter(person=person).exists():
        raise Refusal(
            "person-has-signed",
            "{person}已在另一岗位签发这一版。六个岗位须由六个人签发，请换人。",
            person=person.name,
        )


def check_may_publish(missing: tuple[SignOffRole, ...], verdicts: tuple[Verdict, ...]) -> None:
    """Refuses a version that ``missing`` roles have not signed, or in which a claim is not proved by the records."""
    if missing:
        raise Refusal(
            "not-all-signed",
            "这一版还缺{roles}的签发，没有发布。请相关岗位签发后再试。",
            roles="、".join(str(role.label) for role in missing),
        )
    unproved = [one for one in verdicts if one.verdict is not Judgement.PROVED]
    if unproved:
        raise Refusal(
            "claims-unproved",
            "稿件中有 {count} 处与记录不符或无法证明，没有发布：{words}。请改正文或补齐记录后再试。",
            count=len(unproved),
            words="；".join(f"“{one.words}”（{told(one.why)}）" for one in unproved[:5]),
        )


def check_may_correct(before: Release, digest: str, moved: list[dict[str, str]], reason: str) -> None:
    """Refuses a correction that does not say why, and one that corrects nothing."""
    if not reason:
        raise Refusal(
            "correction-needs-reason", "这篇报告已经发布过。更正须写明原因，旧版保留，请填写后再试。"
        )
    longest = Release._meta.get_field("reason").max_length
    if longest is not None and len(reason) > longest:
        raise Refusal(
            "reason-too-long",
            "更正原因有 {length} 个字，没有发布。请缩短到 {longest} 个字以内。",
            length=len(reason),
            longest=longest,
        )
    if before.digest == digest and not moved:
        raise Refusal(
            "nothing-to-correct",
            "正文和数据都与已发布的第 {number} 版相同，没有可更正的内容，无需再次发布。",
            number=before.number,
        )
