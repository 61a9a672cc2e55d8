"""What people do with clients, contacts, portals and the ways into them; one module per noun."""
