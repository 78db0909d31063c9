"""A class: pupils whose pages report to one wall, and the orders of their teacher.

Start with ``open_store()``, which returns the :class:`ClassStore` of this server. The teacher's page creates a class
there, reads what its pupils report and gives orders; a pupil's page joins, publishes reports and follows the orders.
Nothing here depends on the page.
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
