#!/usr/bin/env bash
# Startup probe of a broker: passes once it has caught up. It is registered in the cluster's metadata, a controller
# answers, and no partition that has a live leader lists it as a replica outside the ISR. Until then a rolling update, a
# drain or the creation of the next broker waits.
set -euo pipefail

config=$(dirname "$0")
own_listener=127.0.0.1:9091

# No JVM is started before the port is open.
exec 3<>"/dev/tcp/${own_listener/://}"
exec 3>&-

# shellcheck source=../admin/admin-class.sh
source "$config/admin-class.sh"
# One JVM asks again and again, for most of the time that the probe has. Its start takes more processor time from the
# broker than all of its questions.
admin_class BrokerInSync "$own_listener" "$config/admin.properties" "${POD_NAME##*-}" 35
