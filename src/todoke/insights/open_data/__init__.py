"""オープンデータ: what is wrong in a file before it is published, and how it is mended."""
