"""Reading tables: the encoding and the cells of CSV text, what each column holds, and which one is the target."""
