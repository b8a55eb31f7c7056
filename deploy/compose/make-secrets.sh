#!/bin/sh
# Makes what is missing in the folder secrets/ beside this file: one password a role, the keys, and an empty file for what you have
# to write yourself. What is there already stays. Keep a copy of secret_key and field_keys elsewhere: without them nothing opens.
set -eu
cd "$(dirname "$0")"
mkdir -p "${1:-secrets}" && cd "${1:-secrets}" && chmod 700 .
umask 077
random() { od -An -N"$1" -tx1 /dev/urandom | tr -d ' \n'; }
for role in postgres owner application reader replication; do
    [ -s "${role}_password" ] || random 24 >"${role}_password"
done
[ -s secret_key ] || random 48 >secret_key
for name in field_keys installation_key; do
    [ -s $name ] || head -c 32 /dev/urandom | base64 | tr '+/' '-_' | tr -d '\n' >$name
done
for name in smtp_password store_key certificate.crt certificate.key; do [ -e "$name" ] || : >"$name"; done
# The containers run as several users; the folder itself is closed to everybody else on this machine.
chmod 644 ./*
