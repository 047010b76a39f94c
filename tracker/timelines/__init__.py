"""The timeline: figures as a typed pandas table, filtered, in order, and summed up into series."""
