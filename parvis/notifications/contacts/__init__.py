"""Every mail a contact gets.

To audit what clients can receive, read this package and `portal/`. Recipients are computed from what they may
see (B2), once when the event is heard and once more when the mail is about to leave (A10).
"""
