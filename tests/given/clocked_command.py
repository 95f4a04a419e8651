"""``python clocked.py DAY COMMAND …``: the command line on a machine whose clock tells noon of DAY in China."""

import datetime as dt
import sys

from site_builder.cli import main

if __name__ == "__main__":
    main(dt.datetime.fromisoformat(f"{sys.argv.pop(1)}T12:00:00+08:00"))
