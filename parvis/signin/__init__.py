"""Who asks, and how surely: accounts, sessions, second factors, API tokens.

What somebody may do is loaded by `team` and `clients` and judged by `access`.
"""
