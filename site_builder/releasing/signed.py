"""A release's manifest signed with the site's own key, so that a copy of the tree can be told from a forged one."""

from __future__ import annotations

from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from site_builder.config.site import Site
from site_builder.pages import urls
from site_builder.release.tree import Tree
from site_builder.signing import public_text, read_key, sign


def release_key(site: Site) -> Ed25519PrivateKey | None:
    """The site's own private key, where the site file names one. Raises as ``read_key``."""
    return read_key(site.publish.sign_key) if site.publish.sign_key is not None else None


def key_fact(key: Ed25519PrivateKey | None) -> str:
    """What the web root depends on: which key signs it, if any."""
    return public_text(key) if key is not None else ""


def sign_release(root: Path, key: Ed25519PrivateKey | None) -> None:
    """Sign ``release.json``, and by its digest of the file list every file of the web root."""
    if key is None:
        return
    tree = Tree(root)
    tree.write(urls.RELEASE_SIGNATURE, sign(key, (root / urls.RELEASE).read_bytes()))
    tree.close()
