"""Engines 文字起こしの部品: what writes down what was said in a recording; none is needed to run the product."""
