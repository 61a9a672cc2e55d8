"""What every face needs of HTTP: problem documents, paging, idempotency keys, the choice of surface.

Knows requests and answers, not who asks.
"""
