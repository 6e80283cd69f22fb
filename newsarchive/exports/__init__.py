"""The catalogue and its captures as files for other programs: JSON lines, Parquet, CSV, Excel, CDXJ, WACZ."""
