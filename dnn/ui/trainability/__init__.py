"""The trainability map on its page: the picture, and the windows through which a visitor has zoomed."""
