#!/usr/bin/env bash
# Begins whatever asks Kafka by a class of kafka-admin.jar. `admin_class NAME ARGUMENT...` runs one by Kafka's own
# launcher.
set -euo pipefail

# A JVM that lives for seconds needs a small heap and no optimising compiler. Nobody reads its log, which newer releases
# would set up in a third of its processor time.
export KAFKA_HEAP_OPTS="-Xmx64m"
export KAFKA_JVM_PERFORMANCE_OPTS="-XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xshare:auto -XX:+ExitOnOutOfMemoryError"
KAFKA_JVM_PERFORMANCE_OPTS+=" -Dlog4j2.loggerContextFactory=org.apache.logging.log4j.simple.SimpleLoggerContextFactory"
export LOG_DIR=/tmp

admin_class() {
    local launcher
    # On PATH in Confluent's images, there in Apache's.
    launcher=$(command -v kafka-run-class || echo /opt/kafka/bin/kafka-run-class.sh)
    CLASSPATH=/etc/kafka-eks/kafka-admin.jar "$launcher" "$@"
}
