"""Ed25519: keys in files, which public keys may be trusted at all, signatures of one line.

A private key is a PEM file (PKCS 8) with mode 0600; a public key is the base64 of its 32 bytes; a signature is one line
of base64 beside what it signs. RFC 8032 throughout.
"""

from __future__ import annotations

import base64
import binascii
import os
from pathlib import Path
import stat
from typing import Final

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)

from site_builder.errors import Exit, Place, refuse

PUBLIC: Final = ".pub"
"""What the public key's file has behind the private key's name."""

_KEY_BYTES: Final = 32
_SIGNATURE_BYTES: Final = 64
_LONGEST: Final = 1 << 12
_OTHERS: Final = 0o077
_PRIME: Final = 2**255 - 19
_D: Final = -121665 * pow(121666, -1, _PRIME) % _PRIME


def key_fault(text: str) -> str:
    """Why a public key may not be trusted, in Chinese; empty when it may."""
    raw = _decode(text.encode("utf-8", "replace"), _KEY_BYTES)
    if raw is None:
        return "不是 32 字节 Ed25519 公钥的 base64"
    return "是弱公钥，任何人都能伪造它的签名" if is_weak(raw) else ""


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


def signature_of(line: bytes) -> bytes | None:
    """The signature in a line of base64, a line end allowed; None where it is none."""
    return _decode(line.rstrip(b"\r\n"), _SIGNATURE_BYTES)


def verifies(key: str, signature: bytes, data: bytes) -> bool:
    """Whether the signature over ``data`` is the key's; never for a key with a fault."""
    raw = None if key_fault(key) else _decode(key.encode(), _KEY_BYTES)
    if raw is None:
        return False
    try:
        Ed25519PublicKey.from_public_bytes(raw).verify(signature, data)
    except InvalidSignature:
        return False
    return True


def sign(key: Ed25519PrivateKey, data: bytes) -> bytes:
    """The signature over ``data`` as a line of base64. The same key and data give the same bytes."""
    return base64.b64encode(key.sign(data)) + b"\n"


def public_text(key: Ed25519PrivateKey) -> str:
    """The public key, as site files name it."""
    return base64.b64encode(key.public_key().public_bytes_raw()).decode()


def make_key(path: Path) -> str:
    """Write a new private key to ``path`` (mode 0600) and its public key beside it; the public key.

    Nothing is ever overwritten: where one of the two is there, SiteBuilderError ``key-exists``. Raises OSError where
    the machine refuses.
    """
    public = path.with_name(path.name + PUBLIC)
    for one in (path, public):
        if os.path.lexists(one):
            hint = "换一个文件名；确实不再需要的，先自己移走"
            raise refuse("key-exists", "已经有这个文件，密钥从不覆盖", hint=hint, place=Place(str(one)))
    key = Ed25519PrivateKey.generate()
    _write_new(path, key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()), 0o600)
    _write_new(public, f"{public_text(key)}\n".encode(), 0o644)
    return public_text(key)


def read_key(path: Path) -> Ed25519PrivateKey:
    """The private key in a file. Raises SiteBuilderError: ``no-key`` ``open-key`` ``bad-key``, exit code 2."""
    place = Place(str(path))
    if path.is_file() and _is_public(path):
        private = path.with_suffix("") if path.suffix == PUBLIC else None
        hint = f"给出私钥：{private}" if private is not None else "给出私钥：keygen 写的、不带 .pub 的那个文件"
        raise refuse("bad-key", "这是公钥，签名要用私钥", hint=hint, place=place, exit_code=Exit.USAGE)
    try:
        mode = path.stat().st_mode
    except (FileNotFoundError, NotADirectoryError):
        hint = "核对路径；用 site-builder keygen 生成密钥"
        raise refuse("no-key", "没有找到私钥文件", hint=hint, place=place, exit_code=Exit.USAGE) from None
    if stat.S_ISREG(mode) and mode & _OTHERS:
        hint = f"chmod 600 {path}"
        raise refuse("open-key", "别人也能读这个私钥", hint=hint, place=place, exit_code=Exit.USAGE)
    key: object = None
    if stat.S_ISREG(mode):
        with path.open("rb") as file:
            data = file.read(_LONGEST)
        try:
            key = load_pem_private_key(data, None)
        except (ValueError, TypeError, UnsupportedAlgorithm):
            key = None
    if not isinstance(key, Ed25519PrivateKey):
        hint = "给出 site-builder keygen 生成的那个文件（不是 .pub）"
        raise refuse("bad-key", "不是 Ed25519 私钥文件", hint=hint, place=place, exit_code=Exit.USAGE)
    return key


def _is_public(path: Path) -> bool:
    """Whether a public key stands in a file."""
    with path.open("rb") as file:
        return not key_fault(file.read(_LONGEST).decode("ascii", "replace").strip())


def read_public(text: str) -> str:
    """The public key that ``text`` is, or that stands in the file it names. Raises ``bad-key``, exit code 2."""
    path = Path(text)
    if key_fault(text) and path.is_file():
        with path.open("rb") as file:
            text = file.read(_LONGEST).decode("ascii", "replace").strip()
    if why := key_fault(text):
        hint = "给出公钥的 base64，或 keygen 写的 .pub 文件"
        raise refuse("bad-key", f"公钥{why}", hint=hint, exit_code=Exit.USAGE)
    return text


def _write_new(path: Path, data: bytes, mode: int) -> None:
    fd = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, mode)
    with os.fdopen(fd, "wb") as file:
        os.fchmod(fd, mode)
        file.write(data)
        file.flush()
        os.fsync(fd)


def _decode(text: bytes, length: int) -> bytes | None:
    try:
        raw = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return None
    return raw if len(raw) == length else None


def _x_square(y: int) -> int:
    """The x² that belongs to a y on the curve -x² + y² = 1 + d·x²·y²; no square where no point has that y."""
    square = y * y
    return (square - 1) * pow(_D * square + 1, -1, _PRIME) % _PRIME


def _double(y: int) -> int:
    """The y of twice a point of the curve, from its y alone."""
    square, x_square = y * y % _PRIME, _x_square(y)
    return (square + x_square) * pow(2 - square + x_square, -1, _PRIME) % _PRIME
