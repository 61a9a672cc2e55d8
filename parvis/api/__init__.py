"""The REST interface: assembles the domains' routers under /api/v1.

Same actions, same refusals as the pages.
"""
