"""What the clock brings: dotted paths of `perform(at) -> dict[str, int]`, called by `tick` in this order.

Each performs through actions a slice of what is due at `at`, a second's work at most, and returns what it
counted; it is called again until it counts nothing, and mail leaves in between. Read through `settings.DUE`.
"""

DUE: tuple[str, ...] = (
    "parvis.clients.due.due",
    "parvis.deliverables.due.due",
    "parvis.files.due.due",
    "parvis.notifications.due.due",
    "parvis.http.due.due",
    "parvis.events.due.due",
    "parvis.config.upkeep.due",
)
