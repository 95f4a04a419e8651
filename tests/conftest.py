"""For every test."""

import signal

from hypothesis import settings

# A slow machine is no fault: no example has a deadline.
settings.register_profile("plain", deadline=None)
settings.load_profile("plain")

# Started in the background of a shell, the tests would hand down to what they start that Ctrl-C means nothing.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)
