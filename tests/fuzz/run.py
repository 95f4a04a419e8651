"""Fuzz one reader with atheris, ``tests/given`` on the path: ``run.py csv 300`` (seconds), libFuzzer's own options.

What is found is written to ``tests/fuzz/findings/<reader>-<sha1>`` and read again by the tests ever after.
"""

from pathlib import Path
import sys
import tempfile

import atheris

with atheris.instrument_imports(include=["site_builder.export", "site_builder.records"]):
    import fuzz_readers

HERE = Path(__file__).parent


def main():
    """Begin from sound bytes, go on for so many seconds."""
    name, seconds, *options = sys.argv[1:]
    target = fuzz_readers.TARGETS[name]
    with tempfile.TemporaryDirectory() as corpus:
        for number, seed in enumerate(fuzz_readers.seeds(name)):
            (Path(corpus) / f"seed-{number}").write_bytes(seed)
        findings = HERE / "findings"
        command = [
            sys.argv[0],
            corpus,
            f"-max_total_time={seconds}",
            "-max_len=65536",
            "-timeout=20",
            "-rss_limit_mb=1024",
        ]
        command += [f"-artifact_prefix={findings}/{name}-", "-print_final_stats=1", *options]
        atheris.Setup(command, lambda data: fuzz_readers.tolerant(target, data))
        atheris.Fuzz()


main()
