"""Free handles: `client-sarah` for contacts, `designer-alex` for members (G1-16)."""

from collections.abc import Callable, Iterator
from itertools import count

from parvis.core.text import handle

LONGEST = 40


def candidates(prefix: str, first_name: str, last_name: str) -> Iterator[str]:
    """`client-sarah`, `client-sarah-lefevre`, `client-sarah-2`, … without end."""
    first = handle(first_name) or "person"
    yield f"{prefix}-{first}"[:LONGEST].rstrip("-")
    if last := handle(last_name):
        yield f"{prefix}-{first}-{last}"[:LONGEST].rstrip("-")
    for number in count(2):
        ending = f"-{number}"
        yield f"{prefix}-{first}"[: LONGEST - len(ending)].rstrip("-") + ending


def free_handle(prefix: str, first_name: str, last_name: str, is_taken: Callable[[str], bool]) -> str:
    """The first candidate nobody has."""
    return next(
        candidate for candidate in candidates(prefix, first_name, last_name) if not is_taken(candidate)
    )
