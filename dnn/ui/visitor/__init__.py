"""One visitor: the store, the address bar, the language and the teacher's plan."""
