import base64

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
import pytest

from site_builder.export.signature import check_signature

KEY = Ed25519PrivateKey.from_private_bytes(bytes(32))
PUBLIC = base64.b64encode(KEY.public_key().public_bytes_raw()).decode()
RAW = b'{"name": "demo"}'


def codes(signature, *keys, raw=RAW):
    return [finding.code for finding in check_signature(raw, signature, keys or (PUBLIC,))]


def test_signature_of_a_trusted_key_is_accepted_with_or_without_a_line_end():
    line = base64.b64encode(KEY.sign(RAW))
    assert codes(line) == codes(line + b"\n") == codes(line + b"\r\n") == []


def test_one_of_several_keys_is_enough():
    other = base64.b64encode(Ed25519PrivateKey.from_private_bytes(bytes([1] * 32)).public_key().public_bytes_raw())
    assert codes(base64.b64encode(KEY.sign(RAW)), other.decode(), PUBLIC) == []


def test_changed_bytes_or_no_signature_are_refused():
    assert codes(base64.b64encode(KEY.sign(RAW)), raw=RAW + b" ") == ["bad-signature"]
    assert codes(None) == ["no-signature"]


@pytest.mark.parametrize("text", [b"", b"x", b"!!!!", base64.b64encode(bytes(63)), "演示".encode()])
def test_what_is_no_signature_is_refused(text):
    assert codes(text) == ["bad-signature"]


@pytest.mark.parametrize("text", ["", "演示", "AAAA", PUBLIC[:-4], "\ud800"])
def test_malformed_key_is_named(text):
    [finding] = check_signature(RAW, base64.b64encode(KEY.sign(RAW)), (PUBLIC, text))
    assert (finding.code, finding.place.column) == ("bad-key", "export.trusted_keys[1]")
