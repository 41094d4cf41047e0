"""A kept connection is looked at before each request, not asked.

CONN_HEALTH_CHECKS asks "SELECT 1": one more journey to the database for each page, a tenth of the time of a short one.
A connection at rest on which there is something to read was closed from the other side (a restart, a time-out): that
can be seen from here. (What cannot be seen so is a server that vanished without a word; nor does asking help there,
where it waits for the network to give up.)
"""

import select

from django.db.backends.postgresql import base


class DatabaseWrapper(base.DatabaseWrapper):
    def is_usable(self) -> bool:
        connection = self.connection
        if connection is None or connection.closed:
            return False
        watch = select.poll()
        watch.register(connection.fileno(), select.POLLIN)
        return not watch.poll(0)
