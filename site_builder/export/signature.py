"""The Ed25519 signature over a descriptor's bytes."""

from __future__ import annotations

from collections.abc import Sequence

from site_builder.errors import Finding, Place
from site_builder.export.package import SIGNATURE
from site_builder.signing import key_fault, signature_of, verifies


def check_signature(raw: bytes, signature: bytes | None, trusted_keys: Sequence[str]) -> list[Finding]:
    """What is wrong with the signature of the descriptor ``raw``: nothing when one of the keys verifies it.

    ``signature`` is the content of ``datapackage.json.sig`` (one line of base64) or None where there is none;
    ``trusted_keys`` are base64 of 32 bytes. Codes: ``bad-key`` (site file) ``no-signature`` ``bad-signature``.
    """
    findings = list(_faulty(trusted_keys))
    place = Place(SIGNATURE)
    if signature is None:
        hint = "由审批人用受信任的密钥签名"
        return [*findings, Finding("no-signature", place, "没有签名文件，而站点要求签名", hint)]
    decoded = signature_of(signature)
    if decoded is None:
        hint = "重新签名"
        return [*findings, Finding("bad-signature", place, "不是一行 base64 的 Ed25519 签名", hint)]
    if len(findings) < len(trusted_keys) and not any(verifies(key, decoded, raw) for key in trusted_keys):
        hint = "描述文件签名后被改过，或签名人不在 export.trusted_keys 中"
        findings.append(Finding("bad-signature", place, "签名与描述文件不符", hint))
    return findings


def _faulty(keys: Sequence[str]) -> list[Finding]:
    """A finding for each key that may not be trusted; the site file's reading has refused them already."""
    hint = "用 site-builder keygen 生成密钥"
    return [
        Finding("bad-key", Place("site.yml", 0, f"export.trusted_keys[{index}]"), why, hint)
        for index, text in enumerate(keys)
        if (why := key_fault(text))
    ]
