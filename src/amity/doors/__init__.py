"""Doors: thin ways in. They dress what the rooms' queries return and call the rooms' actions."""
