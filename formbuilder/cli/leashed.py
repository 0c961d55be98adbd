"""The command on a leash: it ends with whoever started it, however that ended.

A demonstration or a test run starts the service as a process of its own. One that is
killed stops nothing itself; but then nobody holds the other end of this process's
standard input any more.
"""

import os
import signal
import threading
from contextlib import suppress

from formbuilder import cli


def follow() -> None:
    """End this process once its standard input does; what is under way is finished."""

    def wait() -> None:
        with suppress(OSError):  # there may be no standard input at all
            while os.read(0, 1):
                pass
        os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=wait, name="leash", daemon=True).start()


if __name__ == "__main__":
    follow()
    cli.main()
