"""What an operator reads where a command meets a world that is not as it should be: one line."""

from django.db import OperationalError, ProgrammingError

NOT_MIGRATED = ("no such table", "no such column")  # as SQLite says it


def in_one_line(problem: OSError | OperationalError | ProgrammingError) -> str:
    """What is wrong, and what to try."""
    if isinstance(problem, OSError):
        named = f": {problem.filename}" if problem.filename else ""
        return f"{problem.strerror or problem}{named}."
    said = (str(problem).splitlines() or [type(problem).__name__])[0].rstrip(".")
    if isinstance(problem, ProgrammingError) or said.startswith(NOT_MIGRATED):
        return f"The database is not set up for this version ({said}). Run: parvis migrate"
    return f"The database does not answer as it should ({said}). See: parvis doctor"
