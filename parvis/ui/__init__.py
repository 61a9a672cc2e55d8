"""How pages look: base templates, components, styles, scripts, brand colours, and dates in words.

Nothing here knows the domain; templates receive plain values. `docs/design.md` lists every component.
"""
