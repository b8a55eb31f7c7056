"""Todoke 届け: the office that nobody has to visit (行かなくてよい区役所)."""
