"""Stored files: streamed upload, inspection, previews as pictures, safe serving.

Has no URL of its own: the owning domain finds its row, then calls `serving.send`.
"""
