#!/bin/sh
# Makes secrets/ for compose.yaml: a password for the database and the URL that holds it. Never overwrites.
set -eu
cd "$(dirname "$0")/.."
if [ -e secrets/database_password ]; then
    echo "secrets/ is there already" >&2
    exit 1
fi
mkdir -p secrets
chmod 0700 secrets # the files must be readable by the user inside the containers, so the folder keeps others out
password=$(od -An -N24 -tx1 /dev/urandom | tr -d ' \n')
printf '%s' "$password" >secrets/database_password
printf 'postgresql://oneseal:%s@database:5432/oneseal' "$password" >secrets/oneseal_database_url
chmod 0444 secrets/database_password secrets/oneseal_database_url
echo "made secrets/database_password and secrets/oneseal_database_url"
