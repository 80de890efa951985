"""A kept case in the browser and over HTTP: the same functions behind another door."""
