"""Progress of long work on the terminal."""

import sys
from collections.abc import Callable
from typing import TextIO

EVERY = 100


def counter(what: str, stream: TextIO = sys.stderr) -> Callable[[int, int], None]:
    """A function to call with (done, total); says something every hundred and at the end."""

    def tell(done: int, total: int) -> None:
        if done % EVERY == 0 or done == total:
            stream.write(f"{what}: {done} of {total}\n")

    return tell
