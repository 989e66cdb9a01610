"""``gunicorn -c sample_app/gunicorn.conf.py 'sample_app:create_app()'``."""

bind = "127.0.0.1:8000"
workers = 2
# The app is loaded once and forked: keys and compiled schemas are shared.
preload_app = True
# CEK waits some seconds for an answer; a worker that hangs longer is replaced.
timeout = 15
