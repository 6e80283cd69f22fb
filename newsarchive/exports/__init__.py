"""The catalogue and its captures as files for other programs: JSON lines, CSV, Excel, CDXJ, WACZ."""
