"""Whether ``release.json``, and by it every file of the release, is signed by the site's own key."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from site_builder.audit.search import Found
from site_builder.pages import urls
from site_builder.signing import signature_of, verifies

_LONGEST: Final = 1 << 12


def signature_faults(root: Path, key: str) -> Iterator[tuple[str, Found]]:
    """What is wrong with the signature; without a key only whether it is one, where there is one."""
    path = root / urls.RELEASE_SIGNATURE
    if path.is_symlink() or not path.is_file():
        if key:
            yield urls.RELEASE_SIGNATURE, Found("signature", 0, "", "没有签名")
        return
    with path.open("rb") as file:
        signature = signature_of(file.read(_LONGEST))
    release = root / urls.RELEASE
    if signature is None:
        yield urls.RELEASE_SIGNATURE, Found("signature", 0, "", "不是一行 base64 的 Ed25519 签名")
    elif key and not (release.is_file() and verifies(key, signature, release.read_bytes())):
        yield urls.RELEASE_SIGNATURE, Found("signature", 0, "", "不是这个公钥对 release.json 的签名")
