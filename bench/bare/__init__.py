"""The least a page can cost: a Django project without middleware, with as many queries and one template."""
