"""A class: pupils whose pages report to one wall, and the orders of their teacher.

``open_store()`` is where everything begins: it returns the :class:`ClassStore` of this server. The teacher's page
creates a class there, reads what its pupils report and gives orders; the page of a pupil joins, publishes and obeys.
Nothing here knows the page.
"""

from dnn.classroom.classroom import Classroom, Goal, Orders, Pupil, Shown, read_code
from dnn.classroom.open_store import open_store
from dnn.classroom.report import Report
from dnn.classroom.store import ClassStore, Reports, Seat

__all__ = [
    "ClassStore",
    "Classroom",
    "Goal",
    "Orders",
    "Pupil",
    "Report",
    "Reports",
    "Seat",
    "Shown",
    "open_store",
    "read_code",
]
