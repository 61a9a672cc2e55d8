"""Projects, who works on them, milestones and tasks, and what a client reads of their status.

The staff discussion of a task lives apart, in `backstage`.
"""
