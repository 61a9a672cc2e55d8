"""`make bench`: what a page costs beside the least it could cost, and how fast the work behind it is done.

Times are printed, never asserted: machines differ, ratios matter (docs/performance.md). Needs /proc (Linux).
"""
