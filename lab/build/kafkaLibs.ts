import { join } from "node:path";
import { VERSIONS } from "../versions";
import { digestOf, type Artifact } from "./cache";
import { type KafkaRelease } from "./kafkaReleases";
import { copyDependencies } from "./maven";

const POM = join(__dirname, "kafka", "pom.xml");

/** The jars of a release of Kafka with all that they need. */
export function kafkaLibs({
    version,
    logging,
}: Pick<KafkaRelease, "version" | "logging">): Artifact {
    return {
        title: `Kafka ${version} jars (Maven)`,
        folder: join("kafka-libs", `${version}-${digestOf(POM)}`),
        build: (folder) =>
            copyDependencies(POM, folder, {
                "kafka.version": version,
                "scala.version": VERSIONS.scala,
                "logging.group": logging.group,
                "logging.artifact": logging.artifact,
                "logging.version": logging.version,
            }),
    };
}
