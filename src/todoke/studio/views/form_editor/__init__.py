"""Views of the form editor 様式の編集: parts, history and trials of a form."""
