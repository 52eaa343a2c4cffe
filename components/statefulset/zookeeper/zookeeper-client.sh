#!/usr/bin/env bash
# Begins whatever talks to ZooKeeper: writes who it is there to a file in memory, and tells its JVM about it.
set -euo pipefail

user=kafka password=$(</run/zookeeper-auth/password)
# While the password is being changed, the same user with the one that comes next.
if [[ -f /run/zookeeper-auth/next ]]; then
    user=kafka@next password=$(</run/zookeeper-auth/next)
fi
(
    umask 077
    printf 'Client {\n    %s required\n    username="%s"\n    password="%s";\n};\n' \
        org.apache.zookeeper.server.auth.DigestLoginModule "$user" "$password" >/run/zookeeper-jaas/client
)
unset password
export KAFKA_OPTS="-Djava.security.auth.login.config=/run/zookeeper-jaas/client"
