"""読取り様式: templates of printed forms and of blanks, drawn, shown and published."""
