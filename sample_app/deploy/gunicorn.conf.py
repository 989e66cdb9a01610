"""``gunicorn -c sample_app/deploy/gunicorn.conf.py sample_app.wsgi:app``, behind the nginx of this folder.

What ``GUNICORN_CMD_ARGS`` or the command line sets counts more than this file. Measured on 2026-11-26 with
gunicorn 27, Python 3.11 and nginx 1.22, on two processors that other work kept busy; tests: ``tests/deploy``.
"""

import os

# Only nginx of this machine comes here. By any other way in, slow clients stop workers, and the headers
# that ProxyFix believes are anybody's.
bind = "127.0.0.1:8000"

# A process for each processor: verifying and answering takes 0.2 ms of one. WEB_CONCURRENCY is gunicorn's
# own name.
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))

# Threads are for what handlers wait for, databases and other services: sixteen at once here. An idle server
# answers about as fast as with sync workers (fastest 2.9 and 2.5 ms, medians 15.4 and 13.6, in turn). And
# of the messages that came during four SIGHUPs in as many seconds, sync workers left 4 of 334 without an
# answer, gthread none of 208, from gunicorn 25 on; 22 and 23 lose some. Threads are no help against slow
# clients: each with half a message holds one. Two stop two sync workers, and with sixteen messages wait for
# more than 5 s here. nginx keeps them away: 32 are not noticed.
worker_class = "gthread"
threads = 8

# Not preloaded, so that SIGHUP loads new code. Messages that come meanwhile wait until the new workers have
# loaded it, 3.3 s on that busy machine, and none is lost. With preload_app it is 0.5 s and 33 MB for a
# worker rather than 61, but SIGHUP only replaces workers by such with the same code; a restart brings new
# code then.
preload_app = False

# A worker whose main thread does not move for so long is killed. A handler that hangs is in another thread
# and is not: let what it calls time out, and set CLOVA_HANDLER_TIMEOUT for async ones.
timeout = 30

# Seconds that a worker which is to end has for what it has begun. No platform waits longer than 8 (LINE);
# systemd and Docker must wait longer than this, or they kill it.
graceful_timeout = 10

# A worker is replaced after so many requests, in case something leaks; the jitter keeps them from ending
# together. With 25 rather than 20,000, workers ended all the time under load, and no message was lost
# (tests/deploy).
max_requests = 20_000
max_requests_jitter = 2_000

# nginx opens a connection for each request, so this is for others: a worker that ends waits for open ones.
keepalive = 2

# No query string, which has the parameters of account linking, no body, no header but the client's address
# as nginx tells it. %(M)s is milliseconds.
accesslog = "-"
access_log_format = '%({x-forwarded-for}i)s "%(m)s %(U)s" %(s)s %(b)s %(M)sms [%(p)s]'

# gunicornc's socket, from version 25 on, would be in a home folder that the user of the service does not
# have.
control_socket_disable = True
