"""What is known of the live pages, as where their day stands, was lost or altered: a quiet night tells its own day."""

from nights import Nights
import pytest
import small_sites

from site_builder.errors import Exit, SiteBuilderError


def altered(place):
    def alter(path):
        data = bytearray(path.read_bytes())
        data[int(len(data) * place)] ^= 1
        path.write_bytes(data)

    return alter


LOSSES = {
    "gone": lambda path: path.unlink(),
    "empty": lambda path: path.write_bytes(b""),
    "half": lambda path: path.write_bytes(path.read_bytes()[: path.stat().st_size // 2]),
    **{f"a bit at {place}": altered(place) for place in (0.1, 0.3, 0.5, 0.7, 0.9, 0.999)},
}


@pytest.fixture
def there(tmp_path):
    made = Nights(tmp_path)
    made.nights(1)
    return made


@pytest.mark.parametrize("loss", LOSSES)
def test_quiet_night_without_the_memory_of_pages_is_a_whole_build(there, loss):
    LOSSES[loss](there.output / "dalian" / "state" / "pages.msgpack")
    for _ in range(2):
        there.build()
        assert small_sites.files_of(there.live) == there.whole()


def test_memory_of_an_earlier_night_is_none(there):
    path = there.output / "dalian" / "state" / "pages.msgpack"
    old = path.read_bytes()
    there.build()
    path.write_bytes(old)
    there.build()
    assert small_sites.files_of(there.live) == there.whole()


@pytest.mark.parametrize("loss", ["gone", "empty", "half"])
def test_lost_description_of_the_live_release_is_told_with_what_mends_it(there, loss):
    LOSSES[loss](there.live / "release.json")
    with pytest.raises(SiteBuilderError) as stopped:
        there.build()
    [found] = stopped.value.findings
    assert (found.code, found.place.file, stopped.value.exit_code) == ("damaged", "release.json", Exit.MACHINE)
    assert "--full" in found.hint
    there.build(0, full=True)
    assert small_sites.files_of(there.live) == there.whole()
