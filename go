#!/usr/bin/env python3
"""One door for everybody: ``./go up`` shows the demonstration city, ``./go test`` passes the tests.

Needs Python 3.11 and nothing else. Makes the environment in ``.venv`` by itself (with uv where it is present,
with venv and pip where not) from a lock whose every package is named by its hash, and remembers what it made,
so that the second run starts at once. Standard library only; works from any folder.
"""

import contextlib
import errno
import hashlib
import os
import re
import shutil
import socket
import subprocess
import sys
import time
from pathlib import Path

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = BIN / ("python.exe" if os.name == "nt" else "python")
MAKING = VENV / ".making"
LOCKS = {"run": ROOT / "requirements.lock", "test": ROOT / "requirements-test.lock"}
LOCALE = ROOT / "src" / "junheng" / "locale"
OLDEST = (3, 11)
DISK = 2_000_000_000
CHINESE = next(filter(None, map(os.environ.get, ("LC_ALL", "LC_MESSAGES", "LANG"))), "").startswith("zh")

USAGE = (
    """usage: ./go VERB …

  up [--port N] [--no-serve] [--rebuild] [--small]   build the demonstration city, open it on 127.0.0.1:8000
  run ARGS…      the command line: ./go run figures --json, ./go run --help
  test [ARGS…]   lint, types, import contracts, tests; with ARGS only pytest, with these arguments
  slow [ARGS…]   the suites on the city of full size
  bench [ARGS…]  seconds and memory of everything that is promised to be fast
  messages       bring the English catalogue up to date and say what is missing
  docs           write docs/reference anew from the declarations
  lock           lock the dependencies anew (needs uv)
""",
    """用法：./go 命令 …

  up [--port N] [--no-serve] [--rebuild] [--small]   生成演示城市，并在 127.0.0.1:8000 打开
  run 参数…      命令行：./go run figures --json，./go run --help
  test [参数…]   代码检查、类型、层次约束、测试；带参数时只运行 pytest
  slow [参数…]   全量城市的测试
  bench [参数…]  性能与内存
  messages       更新英文译文目录，并列出缺少的译文
  docs           根据声明重新生成 docs/reference
  lock           重新锁定依赖（需要 uv）
""",
)


class Stop(Exception):
    """A reason why it cannot go on, told in a sentence that says what to do next."""


def say(english: str, chinese: str) -> str:
    """The sentence in the reader's language."""
    return chinese if CHINESE else english


def tell(english: str, chinese: str) -> None:
    print("→ " + say(english, chinese), flush=True)


def make_environment(level: str) -> None:
    """See to it that ``.venv`` holds what ``level`` needs; do nothing where it already does."""
    with one_at_a_time():
        if not ready(level):
            began = time.monotonic()
            free = shutil.disk_usage(ROOT).free
            if free < DISK:
                raise Stop(disk_full(f"{free // 1_000_000} MB"))
            make_venv()
            MAKING.touch()
            install(LOCKS[level])
            put_source_on_path()
            stamp_of(level).write_text(digest(level), encoding="ascii")
            MAKING.unlink()
            took = time.monotonic() - began
            tell(f"Environment ready ({took:.0f} s)", f"环境已就绪（{took:.0f} 秒）")
        compile_messages()


def ready(level: str) -> bool:
    """Whether the environment was made, to its end, from the locks as they are now."""
    if MAKING.exists() or not PYTHON.exists():
        return False
    enough = {"run": ("run", "test"), "test": ("test",)}[level]
    return any(stamp_of(each).is_file() and stamp_of(each).read_text() == digest(each) for each in enough)


def stamp_of(level: str) -> Path:
    return VENV / f".ready-{level}"


def digest(level: str) -> str:
    """Digest of the lock, of this script, of the place and of the interpreter behind the environment."""
    asked = subprocess.run([PYTHON, "-VV"], capture_output=True, check=False)
    parts = [LOCKS[level].read_bytes(), Path(__file__).read_bytes(), str(ROOT).encode(), asked.stdout]
    return hashlib.sha256(b"\0".join(parts)).hexdigest()


@contextlib.contextmanager
def one_at_a_time():
    """Two calls at once wait for each other: the script itself is the lock."""
    with Path(__file__).open("rb") as lock:
        if fcntl is not None:
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def disk_full(free: str) -> str:
    return say(
        f"The disk is (almost) full: {free} left in {ROOT}. Free at least {DISK // 1_000_000} MB and try again.",
        f"磁盘空间不足：{ROOT} 仅余 {free}。请腾出至少 {DISK // 1_000_000} MB 后重试。",
    )


def make_venv() -> None:
    """Make ``.venv`` where there is none that works; one that was left half-made starts over."""
    works = (
        PYTHON.exists()
        and subprocess.run([PYTHON, "-c", ""], capture_output=True, check=False).returncode == 0
    )
    if works and not MAKING.exists():
        return
    tell("Making the environment in .venv …", "正在创建运行环境 .venv …")
    if VENV.exists():
        shutil.rmtree(VENV)
    uv = shutil.which("uv")
    if uv and run_quietly([uv, "venv", "--quiet", "--python", sys.executable, str(VENV)])[0] == 0:
        return
    code, output = run_quietly([sys.executable, "-m", "venv", str(VENV)])
    if code:
        shutil.rmtree(VENV, ignore_errors=True)
        raise Stop(explain(output, venv=True))


def install(lock: Path) -> None:
    """Install exactly what the lock names, by uv where it is present and able, else by pip."""
    names = re.findall(r"^([A-Za-z0-9._-]+)==", lock.read_text(encoding="utf-8"), re.MULTILINE)
    tell(f"Installing {len(names)} packages …", f"正在安装 {len(names)} 个软件包 …")
    uv = shutil.which("uv")
    if uv:
        code, output = run_quietly(
            [uv, "pip", "install", "--python", str(PYTHON), "--require-hashes", "--no-deps", "-r", str(lock)]
        )
        if code == 0:
            return
        tell("uv could not do it; trying pip …", "uv 未能完成安装，改用 pip …")
    if run_quietly([str(PYTHON), "-m", "pip", "--version"])[0]:
        code, output = run_quietly([str(PYTHON), "-m", "ensurepip"])
        if code:
            raise Stop(explain(output, venv=True))
    flags = ["--require-hashes", "--no-deps", "--only-binary", ":all:", "--retries", "2", "--no-color"]
    flags += ["--progress-bar", "off", "--disable-pip-version-check", "--no-input"]
    code, output = run_quietly(
        [str(PYTHON), "-m", "pip", "install", *flags, "-r", str(lock)], counting="Collecting ", of=len(names)
    )
    if code:
        raise Stop(explain(output))


def run_quietly(command: list, counting: str = "", of: int = 0) -> tuple:
    """Run a tool and keep its words for the case that it fails; count lines that begin with ``counting``."""
    lines = []
    try:
        with subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, env=environment(), cwd=ROOT, text=True,
            encoding="utf-8", errors="replace",
        ) as process:  # fmt: skip
            assert process.stdout is not None
            seen = 0
            for line in process.stdout:
                lines.append(line)
                if counting and line.startswith(counting):
                    seen += 1
                    if seen % 10 == 0:
                        print(f"  {seen}/{of}", flush=True)
    except OSError as problem:
        return 1, str(problem)
    return process.returncode, "".join(lines)


def explain(output: str, *, venv: bool = False) -> str:
    """What a failed installation means and what to do next, with the tool's last words."""
    words = output.lower()
    lines = hide_credentials(output).strip().splitlines()
    lines = [line for line in lines if "error" in line.lower()] or lines
    last = "\n".join("    " + line[:160] for line in lines[-3:])
    if "no space left" in words or "disk quota" in words:
        return disk_full("0 MB")
    if venv and "ensurepip" in words:
        return say(
            "This Python comes without venv. On Debian and Ubuntu: sudo apt install python3-venv. Then try again.",
            "此 Python 缺少 venv 组件。Debian、Ubuntu 请执行：sudo apt install python3-venv，然后重试。",
        )
    if re.search("connection|resolution|timed out|timeout|unreachable|dns|sending request|ssl", words):
        return say(
            "The package registry cannot be reached. Check the network or, behind a proxy or with a mirror of your"
            f" own, set HTTPS_PROXY or PIP_INDEX_URL (see docs/how-to/install.md). Then try again.\n{last}",
            "无法连接软件包仓库。请检查网络；如使用代理或内部镜像，请设置 HTTPS_PROXY 或 PIP_INDEX_URL"
            f"（见 docs/how-to/install.md），然后重试。\n{last}",
        )
    if "do not match the hashes" in words:
        return say(
            f"A package is not the one that was locked; it was not installed. Is the mirror trustworthy?\n{last}",
            f"下载的软件包与锁定的摘要不符，未予安装。请确认镜像可信。\n{last}",
        )
    return say(f"The environment could not be made:\n{last}", f"未能创建运行环境：\n{last}")


def hide_credentials(text: str) -> str:
    """Addresses without the name and password that may stand in them."""
    return re.sub(r"(://)[^/@\s]+@", r"\1***@", text)


def put_source_on_path() -> None:
    """Let the environment import junheng from ``src``, and put the command ``junheng`` beside its Python."""
    code = "import sysconfig; print(sysconfig.get_path('purelib'))"
    place = subprocess.run([PYTHON, "-c", code], capture_output=True, check=True, text=True).stdout.strip()
    (Path(place) / "junheng.pth").write_text(f"{ROOT / 'src'}\n", encoding="utf-8")
    if os.name != "nt":
        command = BIN / "junheng"
        command.write_text(
            '#!/bin/sh\nhere=$(dirname "$(readlink -f "$0")")\nexport JUNHENG_HOME="${JUNHENG_HOME:-$here/../../var}"\n'
            'exec "$here/python" -m junheng "$@"\n',
            encoding="ascii",
        )
        command.chmod(0o755)


def compile_messages() -> None:
    """Compile each catalogue that is younger than what was compiled from it."""
    for source in sorted(LOCALE.glob("*/LC_MESSAGES/*.po")):
        target = source.with_suffix(".mo")
        if not target.exists() or target.stat().st_mtime < source.stat().st_mtime:
            code, output = run_quietly(
                [
                    str(PYTHON),
                    "-m",
                    "babel.messages.frontend",
                    "compile",
                    "-i",
                    str(source),
                    "-o",
                    str(target),
                ]
            )
            if code:
                raise Stop(output)


def environment(**more: str) -> dict:
    """The caller's environment, freed of what would lead Python astray, with the home folder made absolute."""
    kept = {k: v for k, v in os.environ.items() if k not in {"PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV"}}
    kept.setdefault("UV_SYSTEM_CERTS", "1")  # a bureau's network often has a certificate of its own
    kept.setdefault("DJANGO_SETTINGS_MODULE", "junheng.project.settings")
    kept["JUNHENG_HOME"] = str(Path(kept.get("JUNHENG_HOME") or ROOT / "var").expanduser().absolute())
    return {**kept, **more}


def hand_over(arguments: list, at: Path) -> int:
    """Become the Python of the environment, so that signals reach it."""
    command, its = [str(PYTHON), *arguments], environment()
    os.chdir(at)
    sys.stdout.flush()
    if os.name != "nt":
        os.execve(command[0], command, its)
    return subprocess.call(command, env=its)


def up(arguments: list) -> int:
    """Build the demonstration city where it is not built yet, and serve it."""
    if "--no-serve" not in arguments and not {"-h", "--help"} & set(arguments):
        check_port(port_in(arguments))
    make_environment("run")
    return hand_over(["-m", "junheng", "demo", *arguments], Path.cwd())


def port_in(arguments: list) -> int:
    """The port asked for; what makes no sense is left for the command line to refuse."""
    found = re.search(r"(?:^|\0)--port(?:=|\0)(\d{1,5})(?:\0|$)", "\0".join(arguments))
    return int(found.group(1)) if found else 8000


def check_port(port: int) -> None:
    """Say now that the port is taken, not after the city is built: the server would share it without a word."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OverflowError:
            return
        except OSError as problem:
            if problem.errno != errno.EADDRINUSE:
                raise Stop(
                    say(f"Port {port}: {problem.strerror}.", f"端口 {port}：{problem.strerror}。")
                ) from None
            raise Stop(
                say(
                    f"Port {port} is taken. If the demonstration already runs, open http://127.0.0.1:{port}/;"
                    f" else choose another port: ./go up --port {port + 1}",
                    f"端口 {port} 已被占用。若演示已在运行，请直接打开 http://127.0.0.1:{port}/；"
                    f"否则请换一个端口：./go up --port {port + 1}",
                )
            ) from None


def tool(level: str, module: str, *first: str, at: Path = ROOT):
    """A verb that runs a module in the environment, at the root of this repository or where it was called."""

    def verb(arguments: list) -> int:
        make_environment(level)
        return hand_over(["-m", module, *first, *arguments], at)

    return verb


VERBS = {
    "up": up,
    "run": tool("run", "junheng", at=Path.cwd()),
    "test": tool("test", "tools.check"),
    "slow": tool("test", "tools.check", "--slow"),
    "bench": tool("test", "bench"),
    "messages": tool("test", "tools.messages"),
    "docs": tool("test", "tools.reference"),
    "lock": tool("test", "tools.lock"),
}


def newer_python() -> None:
    """On a Python that is too old, go on with a newer one from the PATH, or say what is needed."""
    if sys.version_info >= OLDEST:
        return
    for name in ("python3.11", "python3.12", "python3.13", "python3.14"):
        if shutil.which(name):
            os.execvp(name, [name, __file__, *sys.argv[1:]])
    has = "{}.{}".format(*sys.version_info)
    raise Stop(
        say(f"Python 3.11 or newer is needed; this is {has}.", f"需要 Python 3.11 或更高版本，当前为 {has}。")
    )


def main(arguments: list) -> int:
    try:
        newer_python()
        sys.stdout.reconfigure(errors="replace")
        if not arguments or arguments[0] not in VERBS:
            print(say(*USAGE), end="")
            return 0 if arguments[:1] in (["-h"], ["--help"], ["help"]) else 2
        return VERBS[arguments[0]](arguments[1:])
    except Stop as stop:
        print(f"✗ {stop}", file=sys.stderr)
        return 1
    except OSError as problem:
        if problem.errno != errno.ENOSPC:
            raise
        print("✗ " + disk_full("0 MB"), file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
