"""The files that set up a server: nginx's configuration, systemd's services and timer, a line for cron."""

from __future__ import annotations

from dataclasses import dataclass
import ipaddress
from pathlib import Path
import re
from typing import Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from site_builder.config.site import Site
from site_builder.errors import Exit, refuse
from site_builder.hosting import headers
from site_builder.pages import urls

LOGS: Final = Path("/var/log/nginx")
"""Where Debian's nginx writes its logs, and its logrotate looks for them."""
CHALLENGES: Final = Path("/var/www/html")
"""Debian's web root of a server that has no site: what certbot is given as ``--webroot-path``."""

_TEMPLATES: Final = Path(__file__).parent / "templates"
_NAME: Final = r"[a-z0-9][a-z0-9-]*"
_USER: Final = r"[a-z_][a-z0-9_-]*"
_LISTEN: Final = re.compile(r"(?:(?P<four>[0-9.]+):|\[(?P<six>[0-9a-fA-F:]+)\]:)?(?P<port>[1-9][0-9]{0,4})")
_PORTS: Final = 65_535
_PLAIN: Final = r"/[\w./+@,=~-]*"
"""Paths that mean themselves to nginx, systemd and cron alike: no space, quote, ``$``, ``%``, ``;`` or brace."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Setup:
    """How the site is to be served and rebuilt. All paths are absolute; ``program`` starts ``site-builder``.

    ``listen`` are addresses as nginx takes them, none for the usual port; ``certificate`` and ``certificate_key`` both
    or none; ``export`` none for the site file's own. ``logs`` is the folder of nginx's logs, ``challenges`` the one in
    which an ACME client puts what proves the host to be its own; ``metrics`` the file a build writes its figures to.
    """

    name: str
    site_file: Path
    output: Path
    program: tuple[str, ...]
    user: str
    export: Path | None = None
    listen: tuple[str, ...] = ()
    certificate: Path | None = None
    certificate_key: Path | None = None
    logs: Path = LOGS
    challenges: Path = CHALLENGES
    metrics: Path | None = None


def setup_files(site: Site, setup: Setup) -> dict[str, str]:
    """File name → text. Raises ``setup`` (exit 2) for what a configuration file cannot hold."""
    _check(setup)
    info = site.site
    unit = f"site-builder-{setup.name}"
    named = {"origin": info.base_url, "base_path": info.base_path, "user": setup.user, "unit": unit}
    named |= {"output": str(setup.output), "build": _build(setup)}
    named |= {"metrics": str(setup.metrics.parent) if setup.metrics else ""}
    port = "443" if setup.certificate else "80"
    listen = setup.listen or (port, f"[::]:{port}")
    plain = () if setup.listen else ("80", "[::]:80")
    nginx = _nginx(site, setup) | {"listen": listen, "plain_listen": plain}
    secure = listen if setup.certificate else ()
    made = Environment(  # the texts are no HTML; what goes into them was checked above
        loader=FileSystemLoader(_TEMPLATES), undefined=StrictUndefined, trim_blocks=True, keep_trailing_newline=True,
        autoescape=False,  # noqa: S701
    )  # fmt: skip
    return {
        f"nginx/{setup.name}.conf": made.get_template("nginx.conf").render(named | nginx),
        "nginx-default/default.conf": made.get_template("default.conf").render(
            plain=plain if setup.certificate else listen, secure=secure
        ),
        f"systemd/{unit}.service": made.get_template("service").render(named),
        f"systemd/{unit}-failure.service": made.get_template("failure").render(named),
        f"systemd/{unit}.timer": made.get_template("timer").render(named),
        f"cron/{unit}": made.get_template("cron").render(named),
    }


def _nginx(site: Site, setup: Setup) -> dict[str, object]:
    base_path = site.site.base_path
    return {
        "name": setup.name,
        "logs": setup.logs,
        "challenges": setup.challenges,
        "security": urls.SECURITY,
        "variable": "site_" + setup.name.replace("-", "_"),
        "host": re.sub(r"^https?://|:[0-9]+$", "", site.site.base_url),
        "certificate": setup.certificate,
        "certificate_key": setup.certificate_key,
        "root": setup.output / site.id / "current",
        "base_pattern": re.escape(base_path),
        "page_policy": headers.PAGE_POLICY,
        "policies": headers.policies_of(site),
        "no_robots": headers.NO_ROBOTS,
        "attached": headers.ATTACHED,
        "shared": headers.SHARED,
        "served": headers.SERVED,
        "headers": headers.HEADERS.items(),
        "types": headers.TYPES.items(),
        "named_types": headers.NAMED_TYPES.items(),
        "folder_types": [(folder, types.items()) for folder, types in headers.FOLDER_TYPES.items()],
        "text_types": headers.TEXT_TYPES,
        "not_found": urls.NOT_FOUND,
    }


def _build(setup: Setup) -> str:
    words = [*setup.program, "build", "--site", str(setup.site_file), "--output", str(setup.output)]
    words += ["--export", str(setup.export)] if setup.export else []
    words += ["--metrics", str(setup.metrics)] if setup.metrics else []
    return " ".join(words)


def _check(setup: Setup) -> None:
    if not re.fullmatch(_NAME, setup.name):
        raise _refused(f"名字「{setup.name}」不能用", "用 --name 另取一个，只用小写字母、数字和连字符")
    if not re.fullmatch(_USER, setup.user):
        raise _refused(f"用户「{setup.user}」不是系统用户名", "用 --user 写运行构建的系统用户")
    for address in setup.listen:
        if not _is_address(address):
            raise _refused(f"监听地址「{address}」不对", "应当如 80、127.0.0.1:8080 或 [::]:80，端口不超过 65535")
    if (setup.certificate is None) != (setup.certificate_key is None):
        raise _refused("证书和私钥只给了一个", "--certificate 和 --certificate-key 要一起给")
    given = (setup.site_file, setup.output, setup.export, setup.certificate, setup.certificate_key)
    paths = (*given, setup.logs, setup.challenges, setup.metrics)
    for path in [*map(str, filter(None, paths)), *(word for word in setup.program if word.startswith("/"))]:
        if not re.fullmatch(_PLAIN, path):
            hint = "路径里不要有空格、引号和 $ % ; { } # 等符号，它们在配置文件里另有含义"
            raise _refused(f"路径「{path}」不能写进配置文件", hint)


def _is_address(text: str) -> bool:
    """Whether it is a port, or one behind a whole IPv4 or, in brackets, IPv6 address."""
    match = _LISTEN.fullmatch(text)
    if match is None or int(match["port"]) > _PORTS:
        return False
    try:
        return bool(not (host := match["four"] or match["six"]) or ipaddress.ip_address(host))
    except ValueError:
        return False


def _refused(message: str, hint: str) -> Exception:
    return refuse("setup", message, hint=hint, exit_code=Exit.USAGE)
