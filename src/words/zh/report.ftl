### What `report` says.
