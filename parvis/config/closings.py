"""What ends with a member's way in: paths of `end(member, at) -> None`, read through `settings.CLOSINGS`.

They run in the transaction that closes it, and belong to packages above `team`.
"""

CLOSINGS: tuple[str, ...] = ("parvis.signin.closing.end_sessions", "parvis.signin.closing.revoke_tokens")
