BLOCKERS: list[str] = []
