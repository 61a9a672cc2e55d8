"""`make lock`: choose versions; write requirements/*.txt for every platform, with hashes, no address."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

REQUIREMENTS = Path(__file__).resolve().parent.parent / "requirements"
UV = Path(sys.executable).parent / "uv"
OPTIONS = [
    "--universal",
    "--python-version=3.11",
    "--generate-hashes",
    "--no-annotate",
    "--no-header",
    "--no-emit-index-url",
    "--no-emit-find-links",
    "--quiet",
]


def main() -> None:
    """Write every lock; versions already chosen stay unless `--upgrade` is given."""
    for name in ("setup", "product", "demo", "test", "dev"):
        command = [str(UV), "pip", "compile", *OPTIONS, *sys.argv[1:], f"{name}.in", "-o", f"{name}.txt"]
        subprocess.run(command, cwd=REQUIREMENTS, check=True)
        if "://" in (text := (REQUIREMENTS / f"{name}.txt").read_text()):
            sys.exit(f"requirements/{name}.txt names an address: {text[text.index('://') - 8 :][:60]}")


if __name__ == "__main__":
    main()
