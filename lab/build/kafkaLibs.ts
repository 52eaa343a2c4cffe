import { join } from "node:path";
import { run } from "../run";
import { VERSIONS } from "../versions";
import { digestOf, type Artifact } from "./cache";

const POM = join(__dirname, "kafka", "pom.xml");

/** Kafka's and ZooKeeper's jars with all that they need. */
export const kafkaLibs: Artifact = {
    title: `Kafka ${VERSIONS.kafka} jars (Maven)`,
    folder: join("kafka-libs", `${VERSIONS.kafka}-${digestOf(POM)}`),
    async build(folder) {
        await run("mvn", [
            "--batch-mode",
            "--quiet",
            "--file",
            POM,
            "dependency:copy-dependencies",
            "-DincludeScope=runtime",
            `-DoutputDirectory=${folder}`,
            `-Dkafka.version=${VERSIONS.kafka}`,
            `-Dscala.version=${VERSIONS.scala}`,
            `-Dslf4j.version=${VERSIONS.slf4j}`,
        ]);
    },
};
