"""What a database server refuses us, as sentences. The driver is not imported: it is there only where it spoke."""

from junheng.kernel.errors import Refusal

OUTDATED = frozenset({"42P01", "42703"})
BUSY = frozenset({"55P03", "40P01", "40001", "57014"})
FULL = frozenset({"53100"})
LOCKS = frozenset({"53200"})
"""Out of shared memory: the places of the whole house change in one transaction, which locks every table and index."""
FORBIDDEN = frozenset({"42501", "25006"})


def server_trouble(error: BaseException) -> Refusal | None:
    """The sentence for what a PostgreSQL server, or the way to it, refused; None for anything else."""
    if type(error).__name__ == "NotSupportedError" and "or later is required" in str(error):
        return Refusal(
            "database-too-old",
            "数据库服务器的版本过旧（{words}），没有做任何改动。请升级 PostgreSQL 后再试。",
            words=str(error),
        )
    said = error if _is_drivers(error) else error.__cause__
    if said is None or not _is_drivers(said):
        return None
    state, words = getattr(said, "sqlstate", None), _last_line(said)
    if state in OUTDATED:
        return Refusal(
            "database-outdated",
            "数据库中的表是旧版本建立的，或还没有建立（{words}）。请先运行 junheng migrate；"
            "演示城市请运行 junheng demo --rebuild 重新生成。",
            words=words,
        )
    if state in BUSY:
        return Refusal("database-busy", "数据库正在被另一个程序写入，没有做任何改动。请稍候再试。")
    if state in LOCKS:
        return Refusal(
            "database-locks",
            "数据库服务器一次能锁定的表和索引太少（{words}），没有做任何改动。请在 postgresql.conf 中把 max_locks_per_transaction "
            "改为 256，重启 PostgreSQL 后再试。",
            words=words,
        )
    if state in FULL or state in FORBIDDEN:
        return Refusal(
            "database-unusable",
            "数据库服务器不让写入（{words}），没有写入任何数据。请检查服务器的磁盘空间和数据库用户的权限。",
            words=words,
        )
    if type(said).__name__ in {"OperationalError", "ConnectionTimeout", "PoolTimeout"} and state is None:
        return Refusal(
            "database-unreachable",
            "连接不上数据库服务器（{words}），没有做任何改动。"
            "请检查 DATABASE_URL 中的地址、用户和密码，并确认 PostgreSQL 正在运行。",
            words=words,
        )
    return None


def _is_drivers(error: BaseException) -> bool:
    return type(error).__module__.partition(".")[0] in {"psycopg", "psycopg_pool"}


def _last_line(error: BaseException) -> str:
    """The driver's own words, which name no password: the line that says why."""
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    return (lines[0] if lines else type(error).__name__)[:300]
