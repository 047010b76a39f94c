"""News archives of any size: read in partitions on many machines, into a folder of Parquet files.

In: files that fsspec reaches (`corpus` splits them into partitions). `cluster` reads the partitions with Dask and
writes one Parquet file of figures for each. Out: that folder, which `parquet` reads back conflict by conflict.
"""
