"""Messages to deliver, each with a key that says why it exists, and the claims on them.

Handlers call `actions.enqueue()`; the worker asks the owner again and carries it out.
"""
