"""What the clock brings: dotted paths of `perform(at) -> dict[str, int]`, called by `tick` in this order.

Each performs everything due at `at` through actions and returns what it counted. Read through `settings.DUE`.
"""

DUE: tuple[str, ...] = (
    "parvis.clients.due.due",
    "parvis.deliverables.due.due",
    "parvis.files.due.due",
    "parvis.notifications.due.due",
    "parvis.http.due.due",
    "parvis.config.upkeep.due",
)
