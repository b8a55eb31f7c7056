#!/bin/sh
# Run once by the PostgreSQL image, in the new database: roles, the owner of the tables, a password for each role, and the
# right to replicate. PSQL, SOURCES and SECRETS are set by the tests only.
set -eu
sources=${SOURCES:-/sources} secrets=${SECRETS:-/run/secrets}
run() { ${PSQL:-psql} --quiet --set ON_ERROR_STOP=1 --username "${POSTGRES_USER:-postgres}" --dbname "${POSTGRES_DB:-todoke}" "$@"; }
run --file "$sources/roles.sql"
run --file "$sources/owner.sql"
for role in owner application reader replication; do
    name=todoke_$role
    [ $role = application ] && name=todoke
    run --set role="$name" --set password="$(cat "$secrets/${role}_password")" <<'SQL'
ALTER ROLE :"role" PASSWORD :'password';
SQL
done
echo "host replication todoke_replication all scram-sha-256" >>"$PGDATA/pg_hba.conf"
