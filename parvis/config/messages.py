"""Every kind of message the outbox can carry: still due? · render · result, by dotted path.

Read through `settings.MESSAGES`, so that the outbox imports nothing of those who own the messages.
"""

from parvis.outbox.kinds import MessageKind

MESSAGES: dict[str, MessageKind] = {}
