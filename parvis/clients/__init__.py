"""Clients, their contacts, memberships, portal settings, and the links that open a portal.

`contact_actor` turns a contact on a known device into the Actor of a portal request.
"""
