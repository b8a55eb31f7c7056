#!/bin/sh
# Writes the delivered configuration of PgBouncer for this container and starts it. The variables but PRIMARY_HOST are
# set by the tests only.
set -eu
folder=${FOLDER:-/tmp} port=${POOLER_PORT:-6432}
(umask 077 && printf '"todoke" "%s"\n' "$(cat "${SECRETS:-/run/secrets}/application_password")" >"$folder/userlist.txt")
sed -e "s/host=primary.example.lg.jp port=5432/host=$PRIMARY_HOST port=${PRIMARY_PORT:-5432}/" \
    -e "s/^listen_addr = .*/listen_addr = ${LISTEN:-0.0.0.0}/" -e "s/^listen_port = .*/listen_port = $port/" \
    -e "s#^auth_file = .*#auth_file = $folder/userlist.txt#" "${INI:-/pgbouncer.ini}" >"$folder/pgbouncer.ini"
exec pgbouncer "$folder/pgbouncer.ini"
