"""Who hears of what, how and when: inbox, mails to members, mails to contacts.

Hears events after the commit; writes outbox rows under keys that say why they exist.
"""
