"""The page of a teacher's class: opening it, the wall of its pupils, and what the teacher can do with them."""
