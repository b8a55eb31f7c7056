"""集計表: figures of the office and uploaded tables, drawn with definition, denominator, day and source."""
