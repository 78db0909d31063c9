"""One visitor: what Streamlit stores for them, the address bar, the language and a teacher's plan."""
