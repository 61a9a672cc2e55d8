"""The demonstration agency: the example of the source documents, with pictures drawn by us.

Safe to load twice.
"""
