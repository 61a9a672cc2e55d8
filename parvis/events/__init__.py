"""What happened: one append-only table that is the audit trail, the timeline and the source of all reactions.

Actions call `actions.record()`; the worker hands each event to its subscribers and seals it into a chain.
"""
