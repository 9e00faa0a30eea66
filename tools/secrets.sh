#!/bin/sh
# Makes what compose.yaml needs: secrets/ with a password for the database, the URL that holds it, the key that seals second factors
# and a certificate to begin with, and .env with the address people will use. Never overwrites.
#   sh tools/secrets.sh seal.example.gov.cn
set -eu
cd "$(dirname "$0")/.."
name=${1:-}
case $name in
    '' | *[!A-Za-z0-9.:-]*) echo "usage: sh tools/secrets.sh HOST, the name people will open, as seal.example.gov.cn" >&2; exit 2 ;;
esac
if [ -e secrets/database_password ]; then
    echo "secrets/ is there already" >&2
    exit 1
fi
command -v openssl >/dev/null || { echo "openssl is needed for the first certificate" >&2; exit 1; }
mkdir -p secrets
chmod 0700 secrets # the files must be readable by the users inside the containers, so the folder keeps others out
password=$(od -An -N24 -tx1 /dev/urandom | tr -d ' \n')
printf '%s' "$password" >secrets/database_password
printf 'postgresql://oneseal:%s@database:5432/oneseal' "$password" >secrets/oneseal_database_url
od -An -N32 -tx1 /dev/urandom | tr -d ' \n' >secrets/oneseal_secret_key
# Signed by itself: browsers warn until the county's own certificate and key lie here.
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 365 -subj "/CN=${name%%:*}" \
    -addext "subjectAltName=DNS:${name%%:*}" -keyout secrets/tls_key -out secrets/tls_certificate 2>/dev/null
chmod 0444 secrets/*
if [ ! -e .env ]; then
    printf 'ONESEAL_PUBLIC_URL=https://%s\n' "$name" >.env
fi
echo "made secrets/ (database_password, oneseal_database_url, oneseal_secret_key, tls_certificate, tls_key) and .env"
echo "keep a copy of secrets/oneseal_secret_key apart from the backups: without it second factors must be set up anew"
echo "put the county's own certificate and key in place of secrets/tls_certificate and secrets/tls_key"
