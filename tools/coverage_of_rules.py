"""Which lines of docs/domain.md part 1 does a test name? `ARGS=--missing` lists the others.

A line counts as named when its ID (K-52, G1-26a; a range such as G1-26a-e counts for each letter) stands
in a file under a tests folder. Naming is not proving: it only shows where nobody has looked yet.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DOMAIN = ROOT / "docs" / "domain.md"
SYSTEMS = ("G1", "G2", "G3", "K", "T")
ID = re.compile(r"\b(G1|G2|G3|K|T)-(\d+)([a-z])?(?:[–-]([a-z])\b)?")


def ids(text: str) -> set[str]:
    """Every rule named in `text`, ranges written out."""
    found = set()
    for system, number, first, last in ID.findall(text):
        for letter in map(chr, range(ord(first), ord(last) + 1)) if first and last else [first]:
            found.add(f"{system}-{int(number):02d}{letter}")
    return found


def main() -> None:
    """Print how many lines of each source document are named."""
    if not DOMAIN.exists():
        sys.exit("docs/domain.md is missing.")
    domain = DOMAIN.read_text()
    wanted = ids(domain[domain.index("## 1.") : domain.index("## 2.")])
    wanted -= {rule[:-1] for rule in wanted if rule[-1].isalpha()}
    named = named_by_tests()
    named |= {rule for rule in wanted if rule[-1].isalpha() and rule[:-1] in named}
    for system in SYSTEMS:
        own = {rule for rule in wanted if rule.startswith(f"{system}-")}
        missing = f"  missing: {' '.join(sorted(own - named))}" if "--missing" in sys.argv else ""
        print(f"{system}: {len(own & named)} of {len(own)}{missing}")
    print(f"{len(wanted & named)} of {len(wanted)} lines of the source documents are named by a test")


def named_by_tests() -> set[str]:
    """The rules that some test cites."""
    named: set[str] = set()
    for folder in (ROOT / "parvis", ROOT / "tests"):
        for path in folder.rglob("*.py"):
            if "tests" in path.parts:
                named |= ids(path.read_text())
    return named


if __name__ == "__main__":
    main()
