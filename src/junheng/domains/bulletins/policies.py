"""Who may sign and publish: a version is signed by six different persons, and published only as it was signed."""

from junheng.domains.bulletins.models import Article, Release, SignOff
from junheng.domains.bulletins.terms import SignOffRole
from junheng.domains.people.models import Person
from junheng.kernel.claims import Judgement, Verdict
from junheng.kernel.errors import Conflict, Refusal
from junheng.platform.figures.words import told


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
