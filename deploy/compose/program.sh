#!/bin/sh
# Starts one command of the program with the passwords of the secrets. `prepare` makes tables and bucket, then ends.
set -eu
home=${TODOKE_HOME:-/opt/todoke}
secrets=${SECRETS:-/run/secrets}
export PYTHONPATH="$home/src" MALLOC_ARENA_MAX=2 TODOKE_VAR="${TODOKE_VAR:-/var/lib/todoke}"
export TODOKE_SECRET_KEY_FILE="$secrets/secret_key" TODOKE_FIELD_KEYS_FILE="$secrets/field_keys"
export TODOKE_INSTALLATION_KEY_FILE="$secrets/installation_key"
[ ! -s "$secrets/smtp_password" ] || export TODOKE_SMTP_PASSWORD_FILE="$secrets/smtp_password"
[ ! -s "$secrets/store_key" ] || AWS_SECRET_ACCESS_KEY=$(cat "$secrets/store_key") && export AWS_SECRET_ACCESS_KEY="${AWS_SECRET_ACCESS_KEY:-}"
if [ "${1:-}" = prepare ]; then
    export TODOKE_DATABASE="postgresql://todoke_owner:$(cat "$secrets/owner_password")@$PRIMARY" TODOKE_POOLER=0
    "$home/.venv/bin/python" -m todoke migrate -v 0
    exec "$home/.venv/bin/python" -m todoke bucket
fi
export TODOKE_DATABASE="postgresql://todoke:$(cat "$secrets/application_password")@$DATABASE"
export TODOKE_DATABASE_DIRECT="postgresql://todoke:$(cat "$secrets/application_password")@$PRIMARY"
[ -z "${REPLICA:-}" ] || export TODOKE_STANDBY="postgresql://todoke_reader:$(cat "$secrets/reader_password")@$REPLICA"
exec "$home/.venv/bin/python" -m todoke "$@"
