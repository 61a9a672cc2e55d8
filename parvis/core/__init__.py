"""What every package may lean on: errors, identifiers, the clock, money, calendar arithmetic.

Knows nothing of the domain and imports nothing of ours.
"""
