"""Workspaces: one agency or firm each, with its branding, working calendar, languages and limits.

Every row of a domain table names its workspace; nothing crosses from one to another.
"""
