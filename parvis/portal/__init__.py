"""Every page a contact sees.

To audit what clients can see, read this package, notifications/contacts and nothing else.
"""
