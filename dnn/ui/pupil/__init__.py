"""A pupil's side of a class: joining, what the page reports, and the orders of the teacher."""
