"""What people edit: installed as the package `tracker.data`, read by `tracker.knowledge` only."""
