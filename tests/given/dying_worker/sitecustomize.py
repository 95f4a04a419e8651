"""First on the path of a worker's Python: the process dies, or its host stands still, in the middle of writing a file.

``DEATHS`` is a folder with a file for each accident yet to come, named ``<n>-<signal>``: a process takes one when it
starts, and has it at its n-th write to a build's work folder, half of which is written.
"""

import os
from pathlib import Path
import signal


def accident():
    """The next accident nobody has taken: after how many writes, which signal; None where there is none left."""
    for path in sorted(Path(os.environ["DEATHS"]).glob("[0-9]*-SIG*")):
        try:
            path.rename(path.with_name(f"taken-{os.getpid()}-{path.name}"))
        except FileNotFoundError:
            continue
        count, name = path.name.split("-")
        return int(count), getattr(signal, name)
    return None


def lie_in_wait():
    """Take an accident at the first write, and have it when its time has come."""
    real, state = os.write, {"writes": 0, "accident": None}

    def write(fd, data):
        if "/work-" not in str(Path(f"/proc/self/fd/{fd}").readlink()):
            return real(fd, data)
        if not state["writes"]:
            state["accident"] = accident()
        state["writes"] += 1
        if state["accident"] and state["writes"] == state["accident"][0]:
            done = real(fd, data[: len(data) // 2])
            how = state["accident"][1]
            # Its whole machine stands still; dead it is alone.
            os.killpg(0, how) if how == signal.SIGSTOP else os.kill(os.getpid(), how)
            return done
        return real(fd, data)

    os.write = write


if "DEATHS" in os.environ:
    lie_in_wait()
