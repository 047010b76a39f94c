"""Work on untrusted input in separate processes with limits of computing time and memory.

In: what to read (a picklable function, or articles) and the seconds that one item may take. Out: the same items or
figures; an InputError takes the place of an item that was too slow, needed too much memory, or crashed its parser.
"""
