import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type KafkaRelease } from "./kafkaReleases";

const LAUNCHER = "kafka-run-class";
const LAUNCHER_PATH = `/usr/bin/${LAUNCHER}`;

/** The scripts of an image by name: what a Kafka release has in its bin folder, in short. */
export function kafkaCommands(release: KafkaRelease): Record<string, string> {
    const launcher = readFileSync(join(__dirname, "kafka", LAUNCHER), "utf8");
    const scripts: Record<string, string> = {
        [LAUNCHER]: launcher.replace("@LOGGING@", loggingOption(release, "tools-")),
    };
    for (const [name, main] of Object.entries(release.tools)) {
        // zookeeper-shell takes the server as its first argument, the class takes it as an option.
        const server = name === "zookeeper-shell" ? " -server" : "";
        scripts[name] = script(`exec ${LAUNCHER_PATH} ${main}${server} "$@"`);
    }
    for (const [name, { main, heap }] of Object.entries(release.servers)) {
        scripts[name] = script(
            `: "\${KAFKA_HEAP_OPTS:=${heap}}"`,
            `: "\${KAFKA_LOG4J_OPTS:=${loggingOption(release)}}"`,
            "export KAFKA_HEAP_OPTS KAFKA_LOG4J_OPTS",
            "# shellcheck disable=SC2086",
            `exec ${LAUNCHER_PATH} \${EXTRA_ARGS--loggc} ${main} "$@"`,
        );
    }
    return scripts;
}

function loggingOption({ logging }: KafkaRelease, prefix = ""): string {
    return `-D${logging.property}=file:/opt/kafka/config/${prefix}${logging.file}`;
}

function script(...lines: string[]): string {
    return `#!/bin/bash\n${lines.join("\n")}\n`;
}
