"""Prints the table of tests/hostile/README.md."""

from tests.hostile.corpus import CORPUS

print("| File | What it tries | What happens |\n|---|---|---|")  # noqa: T201
for hostile in CORPUS:
    print(f"| {hostile.id} | {hostile.why} | {hostile.outcome} |")  # noqa: T201
