"""Who asked for no reminders (A-10): dotted paths of `ask(people) -> those of them who did`.

A person is the ids of a contact and a client. Read through `settings.OPT_OUTS`.
"""

OPT_OUTS: tuple[str, ...] = ("parvis.notifications.preferences.without_reminders",)
