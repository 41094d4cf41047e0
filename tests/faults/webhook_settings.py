"""The site's settings as a worker has them that sends webhooks to a server of this machine."""

from config.settings import *  # noqa: F403

WEBHOOK_PLAIN_HTTP = WEBHOOK_LOOPBACK = True
DELIVERY_LEASE_SECONDS = 2
