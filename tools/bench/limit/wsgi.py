"""What gunicorn serves beside the site."""

import os

from django.core.wsgi import get_wsgi_application

os.environ["DJANGO_SETTINGS_MODULE"] = "tools.bench.limit.settings"
application = get_wsgi_application()
