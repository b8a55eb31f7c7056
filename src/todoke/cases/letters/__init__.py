"""Letters on paper 通知書の印字: the typst template and what prints it."""
