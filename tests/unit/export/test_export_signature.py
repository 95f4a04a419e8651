import base64

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
import pytest

from site_builder.export.signature import check_signature, is_weak

KEY = Ed25519PrivateKey.from_private_bytes(bytes(32))
PUBLIC = base64.b64encode(KEY.public_key().public_bytes_raw()).decode()
RAW = b'{"name": "demo"}'
PRIME = 2**255 - 19
SMALL_ORDER = [
    "0100000000000000000000000000000000000000000000000000000000000000",
    "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "0000000000000000000000000000000000000000000000000000000000000000",
    "0000000000000000000000000000000000000000000000000000000000000080",
    "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
    "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85",
    "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
    "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa",
]


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


@pytest.mark.parametrize("key", SMALL_ORDER)
def test_small_order_keys_are_weak(key):
    assert is_weak(bytes.fromhex(key))


@pytest.mark.parametrize("y", [PRIME, PRIME + 1, PRIME + 3, 2**255 - 1])
def test_keys_that_are_no_canonical_point_are_weak(y):
    assert is_weak(y.to_bytes(32, "little"))


def test_about_half_of_all_y_are_no_points_and_refused():
    assert 60 < sum(is_weak(y.to_bytes(32, "little")) for y in range(2, 202)) < 140


def test_real_keys_are_not_weak():
    for seed in range(50):
        assert not is_weak(Ed25519PrivateKey.from_private_bytes(bytes([seed] * 32)).public_key().public_bytes_raw())
