"""The key of whoever signs for a site: approvals, waivers, a lawyer's answers."""

from __future__ import annotations

from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from site_builder.config.site import Site
from site_builder.errors import Place, refuse
from site_builder.signing import public_text, read_key


def trusted_key(key_file: Path, site: Site | None, site_file: Path | None) -> Ed25519PrivateKey:
    """The private key in a file. Raises ``untrusted-key`` where the site names keys it trusts and this is none."""
    key = read_key(key_file)
    if site is not None and site.export.trusted_keys and public_text(key) not in site.export.trusted_keys:
        hint = f"把公钥写进 export.trusted_keys：{public_text(key)}"
        raise refuse("untrusted-key", "站点不信任这个密钥", hint=hint, place=Place(str(site_file)))
    return key
