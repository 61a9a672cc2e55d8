"""No process outlives the one that started it."""

import os
import signal
import threading
import time

PARENT_OPTION = "--parent"
PARENT_VARIABLE = "PARVIS_PARENT_PID"
LOOK_EVERY = 0.5
PATIENCE = 10


def die_with_parent(parent_pid: int) -> None:
    """End this process soon after `parent_pid` has gone, however it went.

    Asked of the system instead of told by a signal: `kill -9` of the parent and macOS are covered too.
    """

    def watch() -> None:
        while os.getppid() == parent_pid:
            time.sleep(LOOK_EVERY)
        os.kill(os.getpid(), signal.SIGTERM)
        time.sleep(PATIENCE)
        os._exit(1)

    threading.Thread(target=watch, daemon=True, name="lifeline").start()
