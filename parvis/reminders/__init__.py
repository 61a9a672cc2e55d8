"""When to remind and when to stop: one pure plan, the runs it caused, the cap.

Used by approvals and client requests alike, and by the preview staff see before sending.
"""
