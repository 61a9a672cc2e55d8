"""Whether the sources have changed, for `make dev`."""

import time
from pathlib import Path

KINDS = {".py", ".html", ".txt", ".css", ".js", ".svg", ".mo"}
LOOK_EVERY = 1.0


class Sources:
    """The newest change below a folder, compared from look to look."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.looked_at = time.monotonic()
        self.seen = self._fingerprint()

    def have_changed(self) -> bool:
        """Whether a file was written, added or removed since this was last true."""
        if time.monotonic() - self.looked_at < LOOK_EVERY:
            return False
        self.looked_at = time.monotonic()
        found = self._fingerprint()
        changed = found != self.seen
        self.seen = found
        return changed

    def _fingerprint(self) -> set[tuple[str, int]]:
        files = (path for path in self.root.rglob("*") if path.suffix in KINDS)
        found = set()
        for path in files:
            try:
                found.add((str(path), path.stat().st_mtime_ns))
            except FileNotFoundError:  # an editor replaces files
                continue
        return found
