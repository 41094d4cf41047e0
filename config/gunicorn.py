"""How gunicorn serves the site, on a laptop and in production: gunicorn -c config/gunicorn.py config.wsgi"""

import os
from typing import Any

bind = os.environ.get("BIND", "127.0.0.1:8000")
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
worker_class = "gthread"  # a slow phone holds a thread, not a process
threads = int(os.environ.get("WEB_THREADS", "4"))
timeout = 30
graceful_timeout = 10
keepalive = 5
max_requests = 5000  # a worker is renewed now and then, at different moments
max_requests_jitter = 500
# No address, no agent, no query: who reads what is nobody's business.
accesslog = "-"
access_log_format = "%(t)s %(m)s %(U)s %(s)s %(B)sB %(M)sms"
# The scheme that a proxy reports is believed only from proxies of ours (settings.TRUSTED_PROXIES).
forwarded_allow_ips = os.environ.get("FORWARDED_ALLOW_IPS", "127.0.0.1")
worker_tmp_dir = "/dev/shm" if os.path.isdir("/dev/shm") else None  # noqa: S108 - heartbeats only, never on a slow disk


def post_worker_init(worker: Any) -> None:
    """Before its first request a worker has everything in hand, and counts it as there to stay."""
    from django.urls import get_resolver

    from config.settled import settle

    get_resolver().url_patterns  # noqa: B018 - makes the site map, and with it loads every view
    settle()
