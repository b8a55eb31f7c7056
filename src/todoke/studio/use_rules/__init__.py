"""利用規則: the terms of facilities, written as tables, read back as sentences, published by a second person."""
