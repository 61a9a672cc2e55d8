"""Parvis, the open client portal: the one place where an agency and its clients meet.

`docs/architecture.md` draws the house; each package says in its first lines what it is for.
"""

from parvis._sqlite import use_bundled_library

__version__ = "0.1.0"

use_bundled_library()
