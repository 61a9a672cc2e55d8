"""Outgoing mail: what a letter looks like, its threading headers, and the connection it leaves by.

Domains render with `rendering.render_mail()`; the outbox carries the result through `carrier.MailCarrier`.
"""
