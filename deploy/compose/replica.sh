#!/bin/sh
# Copies the primary once, then follows it. BIN is set by the tests only.
set -eu
bin=${BIN:+$BIN/}
export PGPASSFILE="${PGPASSFILE:-/tmp/pgpass}"
(umask 077 && printf '*:*:*:todoke_replication:%s\n' "$(cat "${SECRETS:-/run/secrets}/replication_password")" >"$PGPASSFILE")
if [ ! -f "$PGDATA/PG_VERSION" ]; then
    "${bin}pg_basebackup" --host "$PRIMARY_HOST" --port "${PRIMARY_PORT:-5432}" --username todoke_replication \
        --pgdata "$PGDATA" --write-recovery-conf --wal-method stream --checkpoint fast --no-password
fi
chmod 700 "$PGDATA"
exec "${bin}postgres" -D "$PGDATA" "$@"
