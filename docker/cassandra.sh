#!/bin/bash
# Cassandra as its image starts it, but with passwords. At the first start the default superuser gets ours while the
# node listens on its own loopback interface only: nobody else ever sees it with the password that everybody knows.
set -euo pipefail
secret=/run/candlestack/cassandra-superuser.password
mark=/var/lib/cassandra/candlestack.initialised
configuration=/etc/cassandra/cassandra.yaml

# The classes are nested in 5.0 (class_name:) and on the key's line before; either way what follows the key is ours.
# A write is acknowledged when it is on the disk: the sinks' offsets are committed after it. Times to live may reach
# beyond 2038, which the files that version 4 could read too cannot hold.
configured=$(mktemp)
awk '
  /^(authenticator|authorizer):/ {
    skip = 1
    print $1 " " ($1 == "authenticator:" ? "PasswordAuthenticator" : "CassandraAuthorizer")
    next
  }
  skip && /^[[:space:]#]/ { next }
  /^commitlog_sync:/ { print "commitlog_sync: batch"; next }
  /^commitlog_sync_period/ { next }
  /^storage_compatibility_mode:/ { print "storage_compatibility_mode: NONE"; next }
  { skip = 0; print }
' "$configuration" > "$configured"
cat "$configured" > "$configuration"
rm "$configured"

# Whoever was killed after the change and before the mark finds the password changed already. Ours is given in a file:
# arguments can be seen by others.
initialised() {
  printf "ALTER ROLE cassandra WITH PASSWORD = '%s';\n" "$(cat "$secret")" \
    | cqlsh -u cassandra -p cassandra 127.0.0.1 2> /dev/null && return
  echo 'SELECT key FROM system.local;' | cqlsh --cqlshrc="$login" -u cassandra 127.0.0.1 > /dev/null 2> "$answer"
}

# Once, when the node has refused both passwords for so many seconds: at its very first start it has no superuser before.
patience=60
refused=
told=
tell_refusal() {
  if [ -n "$told" ] || ! grep -q 'Bad credentials' "$answer"; then return; fi
  refused=${refused:-$SECONDS}
  if ((SECONDS - refused >= patience)); then
    told=yes
    echo "Cannot log in as 'cassandra': neither the default password nor the one in $secret is accepted. These data were
made with another: put that one back into the secrets, or, if the data are of no use, remove the volume of Cassandra." >&2
  fi
}

# What Cassandra itself says of an empty password names no file.
require_secret() {
  if [ -s "$secret" ] && [ -n "$(tr -d '[:space:]' < "$secret")" ]; then return; fi
  echo "Cannot start Cassandra: $secret is missing or empty. Remove it where it comes from, the volume 'secrets'
(docker compose run --rm --entrypoint rm secrets -f /run/candlestack/cassandra-superuser.password), and start all again:
the service 'secrets' makes it anew." >&2
  exit 1
}

if [ ! -f "$mark" ]; then
  require_secret
  login=$(mktemp)
  answer=$(mktemp)
  printf '[authentication]\nusername = cassandra\npassword = %s\n' "$(cat "$secret")" > "$login"
  CASSANDRA_RPC_ADDRESS=127.0.0.1 docker-entrypoint.sh cassandra -f &
  node=$!
  trap 'rm -f "$login" "$answer"' EXIT
  trap 'kill "$node"; wait "$node"; exit 143' INT TERM
  until initialised; do
    kill -0 "$node"
    tell_refusal
    sleep 2
  done
  rm -f "$login" "$answer"
  touch "$mark"
  kill "$node"
  wait "$node" || true
  trap - INT TERM
fi
exec docker-entrypoint.sh cassandra -f
