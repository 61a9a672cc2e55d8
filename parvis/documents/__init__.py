"""Folders, documents and their immutable versions.

Uploading again makes a new version; the newest is current (G1-27).
"""
