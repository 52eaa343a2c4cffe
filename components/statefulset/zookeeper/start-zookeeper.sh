#!/usr/bin/env bash
# Writes this member's id and becomes the member, so that the JVM is PID 1 and gets SIGTERM itself.
set -euo pipefail

config=$(dirname "$0")

# shellcheck source=../server-checks.sh
source "$config/server-checks.sh"
find_server zookeeper-server-start zookeeper.image
check_cluster_domain

# Ids begin at 1.
echo $((${POD_NAME##*-} + 1)) >/var/lib/zookeeper/data/myid

# Its only user, under two names: the second one while the password is being changed.
password=$(</run/zookeeper-auth/password)
(
    umask 077
    {
        printf 'Server {\n    org.apache.zookeeper.server.auth.DigestLoginModule required\n'
        if [[ -f /run/zookeeper-auth/next ]]; then
            printf '    "user_kafka@next"="%s"\n' "$(</run/zookeeper-auth/next)"
        fi
        printf '    user_kafka="%s";\n};\n' "$password"
    } >/run/zookeeper-jaas/server
)

# Set here and not on the container: tools that are run in it by hand must not inherit the member's heap.
# With a full heap some thread dies, and the member would go on without it.
export KAFKA_HEAP_OPTS="$SERVER_HEAP_OPTS -XX:+ExitOnOutOfMemoryError"
# A member whose election port is taken, or whose name does not resolve yet, keeps trying; and the JVM would keep the
# address of a restarted peer for 30 s.
export KAFKA_OPTS="-Dzookeeper.electionPortBindRetry=0 -Dsun.net.inetaddr.ttl=2 -Dsun.net.inetaddr.negative.ttl=1"
KAFKA_OPTS+=" -Djava.security.auth.login.config=/run/zookeeper-jaas/server"
export KAFKA_LOG4J_OPTS="-Dlog4j.configuration=file:$config/log4j.properties"
# The start script's own default would write a garbage collection log to the read-only file system.
export EXTRA_ARGS="-name zookeeper"

exec "$server" "$config/zookeeper.properties"
