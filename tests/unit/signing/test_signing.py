"""Keys and signatures: what may be trusted, and what is written where and how."""

import base64
import stat

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
import pytest

from site_builder.errors import Exit, SiteBuilderError
from site_builder.signing import (
    is_weak,
    key_fault,
    make_key,
    public_text,
    read_key,
    read_public,
    sign,
    signature_of,
    verifies,
)

KEY = Ed25519PrivateKey.from_private_bytes(bytes(32))
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


@pytest.mark.parametrize("key", SMALL_ORDER)
def test_nothing_verifies_by_a_small_order_key(key):
    """The neutral point with s = 0 satisfies the equation for it, whatever was signed."""
    text = base64.b64encode(bytes.fromhex(key)).decode()
    assert key_fault(text)
    assert not verifies(text, bytes([1]) + bytes(63), b"demo")


def test_what_a_key_signs_it_verifies_and_no_other():
    signature = signature_of(sign(KEY, b"demo"))
    other = public_text(Ed25519PrivateKey.from_private_bytes(bytes([1] * 32)))
    assert verifies(public_text(KEY), signature, b"demo")
    assert not verifies(public_text(KEY), signature, b"Demo")
    assert not verifies(other, signature, b"demo")
    assert sign(KEY, b"demo") == sign(KEY, b"demo")


def test_key_files_are_private_and_read_back(tmp_path):
    public = make_key(tmp_path / "key")
    assert stat.S_IMODE((tmp_path / "key").stat().st_mode) == 0o600
    assert public_text(read_key(tmp_path / "key")) == public
    assert read_public(public) == read_public(str(tmp_path / "key.pub")) == public
    assert make_key(tmp_path / "another") != public


@pytest.mark.parametrize("there", ["key", "key.pub"])
def test_key_files_are_never_overwritten(tmp_path, there):
    (tmp_path / there).write_text("demo")
    with pytest.raises(SiteBuilderError) as refused:
        make_key(tmp_path / "key")
    assert [one.code for one in refused.value.findings] == ["key-exists"]
    assert [path.name for path in tmp_path.iterdir()] == [there]
    assert (tmp_path / there).read_text() == "demo"


def test_dangling_link_is_not_followed(tmp_path):
    (tmp_path / "key").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(SiteBuilderError):
        make_key(tmp_path / "key")
    assert not (tmp_path / "elsewhere").exists()


def refused(path):
    with pytest.raises(SiteBuilderError) as stopped:
        read_key(path)
    assert stopped.value.exit_code is Exit.USAGE
    [finding] = stopped.value.findings
    return finding.code


def test_key_others_may_read_is_refused(tmp_path):
    make_key(tmp_path / "key")
    for mode in (0o640, 0o604, 0o620):
        (tmp_path / "key").chmod(mode)
        assert refused(tmp_path / "key") == "open-key"


@pytest.mark.parametrize("name", ["key.pub", "copied"])
def test_public_key_is_told_so_whoever_may_read_it(tmp_path, name):
    make_key(tmp_path / "key")
    path = (tmp_path / "key.pub").rename(tmp_path / name)
    for mode in (0o644, 0o600):
        path.chmod(mode)
        with pytest.raises(SiteBuilderError) as stopped:
            read_key(path)
        [finding] = stopped.value.findings
        assert (finding.code, finding.message) == ("bad-key", "这是公钥，签名要用私钥")
        assert "chmod" not in finding.hint
        assert name == "copied" or finding.hint == f"给出私钥：{tmp_path / 'key'}"


def test_what_is_no_private_key_is_refused(tmp_path):
    make_key(tmp_path / "key")
    assert refused(tmp_path / "none") == "no-key"
    assert refused(tmp_path / "key" / "below") == "no-key"
    assert refused(tmp_path) == "bad-key"
    (tmp_path / "key.pub").chmod(0o600)
    assert refused(tmp_path / "key.pub") == "bad-key"
    other = X25519PrivateKey.generate()
    (tmp_path / "other").write_bytes(other.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    (tmp_path / "other").chmod(0o600)
    assert refused(tmp_path / "other") == "bad-key"


@pytest.mark.parametrize("text", ["", "AAAA", "nothing.pub", base64.b64encode(bytes.fromhex(SMALL_ORDER[0])).decode()])
def test_what_is_no_public_key_is_refused(text):
    with pytest.raises(SiteBuilderError) as stopped:
        read_public(text)
    assert [one.code for one in stopped.value.findings] == ["bad-key"]
