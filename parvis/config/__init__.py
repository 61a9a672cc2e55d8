"""Settings, urlconfs and the short lists that say what hears what; above every other package."""
