"""How gunicorn serves the site: `gunicorn --config deploy/gunicorn.conf.py` in the project's folder."""

from gunicorn.glogging import Logger

wsgi_app = "lag_site.wsgi"
bind = "127.0.0.1:8001"  # nginx stands in front (deploy/nginx.conf)

# Eight readers at once. More than one process needs REDIS_URL: a cache inside each would go stale in the others.
workers = 2
threads = 4
timeout = 30

# The site is loaded before the workers start: a setting that is missing is told once, and the start ends there.
preload_app = True
# A worker is renewed now and then, so that a slow leak of memory never grows old.
max_requests = 2000
max_requests_jitter = 200


class MaskingLogger(Logger):
    """Writes no address that is a key, should the log of requests (`accesslog`) be switched on."""

    def setup(self, cfg):
        """Set the logs up as gunicorn does, then mask them."""
        super().setup(cfg)
        from core.logs import mask_handlers  # found only now, in the folder that gunicorn was started in

        mask_handlers(self.error_log, self.access_log)


logger_class = MaskingLogger
