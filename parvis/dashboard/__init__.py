"""Pages over many domains for the team: Today, search, the client record.

Owns no tables.
"""
