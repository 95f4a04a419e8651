"""Ctrl-C, a request to end and a worker that dies, at whatever moment: a pool of workers is gone, and nothing waits."""

import os
import subprocess
import sys

import small_sites

ROUNDS = 200

STOPPED = """
import multiprocessing, os, signal, sys, threading, time
from site_builder.errors import SiteBuilderError
from site_builder.workers import Local

def interrupted(*_):
    raise KeyboardInterrupt

def job(stop, number):
    if number == 7:
        stop()
    time.sleep(0.001)
    return number

def group():
    os.killpg(0, signal.SIGTERM)

def alone():
    os.kill(os.getpid(), signal.SIGKILL)

os.setpgrp()
signal.signal(signal.SIGTERM, interrupted)
sys.setswitchinterval(1e-5)
odd, ends = [], set()
threading.excepthook = odd.append
for stop, end in ((group, KeyboardInterrupt), (alone, SiteBuilderError)) * ROUNDS:
    try:
        list(Local(2).run(job, stop, range(40)))
    except end:
        ends.add(end)
    assert not multiprocessing.active_children()
assert len(ends) == 2
assert not odd, odd
assert not signal.pthread_sigmask(signal.SIG_BLOCK, ())
assert threading.active_count() == 1
print("every time")
"""

THREADS = """
import os, sys
from site_builder.cli.main import main
sys.argv = ["site-builder", "--help"]
try:
    main()
except SystemExit:
    import site_builder.search.lookup.build
    print(len(os.listdir("/proc/self/task")))
"""


def said(program):
    """What a program says, in a process and with the settings of its own."""
    kept = {name: value for name, value in os.environ.items() if name != "OPENBLAS_NUM_THREADS"}
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=small_sites.PROGRAM, env=kept, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()[-1]


def test_pool_is_gone_however_it_is_stopped():
    """The signal goes to all processes, as a terminal and systemd send it; a worker may die of it first."""
    assert said(STOPPED.replace("ROUNDS", str(ROUNDS))) == "every time"


def test_nobody_but_the_command_itself_hears_a_signal():
    """A thread of a library would take it while the command shuts it out, and pass it on."""
    assert said(THREADS) == "1"
