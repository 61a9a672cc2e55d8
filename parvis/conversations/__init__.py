"""Threads and the comments a client may read, with mentions and attachments.

A thread does not know its subject: comments are reached only through the owner's `visible_to`.
"""
