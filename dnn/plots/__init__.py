"""Figures: functions from data to a Plotly figure. They do not train and do not display."""
