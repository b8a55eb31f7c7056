#!/bin/sh
# Writes the delivered configuration of nginx for the servers of this file: proxy.sh SERVER:PORT… ; run by the nginx image
# before it starts. CONF and TARGET are set by the tests only.
set -eu
conf=${CONF:-/delivered/todoke.conf} target=${TARGET:-/etc/nginx/conf.d/default.conf}
servers=$(printf '    server %s max_fails=1 fail_timeout=5s;\\n' ${SERVERS:-web-a:8000 web-b:8000})
sed -e '/^    server 127.0.0.1:8001 /d' -e "s/^    server 127.0.0.1:8002 .*/${servers%\\n}/" \
    -e "s/todoke.example.lg.jp/$TODOKE_HOSTS/" -e "s#/etc/nginx/todoke\.#${CERTIFICATES:-/run/secrets/certificate.}#" \
    "$conf" >"$target"
