#!/bin/sh
# Gives each role of the database the password of its own, and lets the replica follow. Run once by the PostgreSQL image.
set -eu
psql --set ON_ERROR_STOP=1 --username postgres --dbname todoke \
    --set owner="$OWNER_PASSWORD" --set application="$APPLICATION_PASSWORD" \
    --set reader="$READER_PASSWORD" --set replication="$REPLICATION_PASSWORD" <<'SQL'
ALTER ROLE todoke_owner PASSWORD :'owner';
ALTER ROLE todoke PASSWORD :'application';
ALTER ROLE todoke_reader PASSWORD :'reader';
ALTER ROLE todoke_replication PASSWORD :'replication';
SQL
echo "host replication todoke_replication all scram-sha-256" >>"$PGDATA/pg_hba.conf"
