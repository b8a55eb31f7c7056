#!/bin/sh
# passwords.sh FOLDER HOST:PORT: makes a password for each role, sets it in the database "todoke" and writes the addresses to
# FOLDER/database (for the program) and FOLDER/owner.env (for migrate and restore). Run as root; run again, it makes new passwords.
set -eu
folder=$1 place=$2
umask 077
random() { od -An -N24 -tx1 /dev/urandom | tr -d ' \n'; }
set_password() {
    printf "ALTER ROLE %s PASSWORD '%s';\n" "$1" "$2" | ${AS_POSTGRES:-sudo -u postgres} psql --quiet --set ON_ERROR_STOP=1 todoke
}
application=$(random) owner=$(random) reader=$(random) replication=$(random)
set_password todoke "$application"
set_password todoke_owner "$owner"
set_password todoke_reader "$reader"
set_password todoke_replication "$replication"
printf 'postgresql://todoke:%s@%s/todoke' "$application" "$place" >"$folder/database"
printf 'TODOKE_DATABASE_DIRECT=postgresql://todoke_owner:%s@%s/todoke\n' "$owner" "$place" >"$folder/owner.env"
printf 'postgresql://todoke_reader:%s@%s/todoke' "$reader" "$place" >"$folder/standby"
printf '%s' "$replication" >"$folder/replication-password"
chown todoke "$folder/database" "$folder/standby"
