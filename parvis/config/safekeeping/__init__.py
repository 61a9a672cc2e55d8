"""Keeping an installation safe: one archive of database and files, back again, and both compared."""
