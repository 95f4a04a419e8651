"""The Ed25519 signature over a descriptor's bytes, and which public keys may be trusted at all."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Sequence
from typing import Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from site_builder.errors import Finding, Place
from site_builder.export.package import SIGNATURE

_KEY_BYTES: Final = 32
_SIGNATURE_BYTES: Final = 64
_PRIME: Final = 2**255 - 19
_D: Final = -121665 * pow(121666, -1, _PRIME) % _PRIME


def check_signature(raw: bytes, signature: bytes | None, trusted_keys: Sequence[str]) -> list[Finding]:
    """What is wrong with the signature of the descriptor ``raw``: nothing when one of the keys verifies it.

    ``signature`` is the content of ``datapackage.json.sig`` (one line of base64) or None where there is none;
    ``trusted_keys`` are base64 of 32 bytes. Codes: ``bad-key`` (site file) ``no-signature`` ``bad-signature``.
    """
    keys, findings = _keys(trusted_keys)
    place = Place(SIGNATURE)
    if signature is None:
        hint = "由审批人用受信任的密钥签名"
        return [*findings, Finding("no-signature", place, "没有签名文件，而站点要求签名", hint)]
    decoded = _decode(signature.rstrip(b"\r\n"), _SIGNATURE_BYTES)
    if decoded is None:
        hint = "重新签名"
        return [*findings, Finding("bad-signature", place, "不是一行 base64 的 Ed25519 签名", hint)]
    if keys and not any(_verifies(key, decoded, raw) for key in keys):
        hint = "描述文件签名后被改过，或签名人不在 export.trusted_keys 中"
        findings.append(Finding("bad-signature", place, "签名与描述文件不符", hint))
    return findings


def is_weak(key: bytes) -> bool:
    """Whether 32 bytes are no key to trust: no canonical point of the curve, or one of order 1, 2, 4 or 8.

    Anyone can sign for a point of so small an order; eight times such a point is neutral (RFC 8032, 5.1).
    """
    y = int.from_bytes(key, "little") & ((1 << 255) - 1)
    if y >= _PRIME or pow(_x_square(y), (_PRIME - 1) // 2, _PRIME) == _PRIME - 1:
        return True
    for _ in range(3):
        y = _double(y)
    return y == 1


def _x_square(y: int) -> int:
    """The x² that belongs to a y on the curve -x² + y² = 1 + d·x²·y²; no square where no point has that y."""
    square = y * y
    return (square - 1) * pow(_D * square + 1, -1, _PRIME) % _PRIME


def _double(y: int) -> int:
    """The y of twice a point of the curve, from its y alone."""
    square, x_square = y * y % _PRIME, _x_square(y)
    return (square + x_square) * pow(2 - square + x_square, -1, _PRIME) % _PRIME


def _keys(texts: Sequence[str]) -> tuple[list[Ed25519PublicKey], list[Finding]]:
    keys: list[Ed25519PublicKey] = []
    findings: list[Finding] = []
    for index, text in enumerate(texts):
        raw = _decode(text.encode("utf-8", "replace"), _KEY_BYTES)
        if raw is None or is_weak(raw):
            why = "不是 32 字节 Ed25519 公钥的 base64" if raw is None else "是弱公钥，任何人都能伪造它的签名"
            place = Place("site.yml", 0, f"export.trusted_keys[{index}]")
            findings.append(Finding("bad-key", place, why, "用 site-builder keygen 生成密钥"))
        else:
            keys.append(Ed25519PublicKey.from_public_bytes(raw))
    return keys, findings


def _decode(text: bytes, length: int) -> bytes | None:
    try:
        raw = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return None
    return raw if len(raw) == length else None


def _verifies(key: Ed25519PublicKey, signature: bytes, raw: bytes) -> bool:
    try:
        key.verify(signature, raw)
    except InvalidSignature:
        return False
    return True
