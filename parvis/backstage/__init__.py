"""Text for the team alone: staff comments and client notes.

Nothing a contact can receive may import this package; import-linter keeps it so.
"""
