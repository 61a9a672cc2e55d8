"""Who is mentioned in a text. Plain values only."""

import re

HANDLE = re.compile(r"(?<![\w@./-])@([a-z0-9][a-z0-9-]{1,39})", re.IGNORECASE)
MAX_LEVELS = 3  # root, answer, answer to the answer (G1-15); deeper ones join the third


def handles_in(body: str) -> list[str]:
    """The handles mentioned, lower case, each once, in order: `@client-sarah` (G1-16)."""
    return list(dict.fromkeys(handle.lower().rstrip("-") for handle in HANDLE.findall(body)))
