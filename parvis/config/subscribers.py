"""Which event is heard by whom: event kind → dotted paths of `handler(event) -> None`.

Each handler gets each event exactly once, in a transaction of its own. Read through `settings.SUBSCRIBERS`;
imports nothing, because settings are read before models exist.
"""

SUBSCRIBERS: dict[str, tuple[str, ...]] = {}
