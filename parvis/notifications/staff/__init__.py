"""Mails to members of the team, and what they find in their inbox."""
