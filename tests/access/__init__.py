"""Who may do what, route by route: one table, and a request for every row and every kind of visitor."""
