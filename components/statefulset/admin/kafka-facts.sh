#!/usr/bin/env bash
# Prints what a gate has to know of Kafka as one line of JSON. FACTS_OPTIONS has options of KafkaFacts, or nothing.
set -euo pipefail

read -r -a options < <(printf '%s\n' "${FACTS_OPTIONS:-}")
admin_class KafkaFacts "$BOOTSTRAP" <(printf %s "${ADMIN_PROPERTIES:-}") "${options[@]}"
