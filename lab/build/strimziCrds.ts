import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { findJava } from "../java";
import { run } from "../run";
import { VERSIONS } from "../versions";
import { digestOf, type Artifact } from "./cache";
import { copyDependencies } from "./maven";

/** The file with all of them in the artefact's folder. */
export const CRDS_FILE = "crds.yaml";

const POM = join(__dirname, "strimzi", "pom.xml");

/** The classes that describe the resources, below this package, in the order of Strimzi's release. */
const PACKAGE = "io.strimzi.api.kafka.model";
const RESOURCES = [
    "kafka.Kafka",
    "connect.KafkaConnect",
    "podset.StrimziPodSet",
    "topic.KafkaTopic",
    "user.KafkaUser",
    "nodepool.KafkaNodePool",
    "bridge.KafkaBridge",
    "connector.KafkaConnector",
    "mirrormaker2.KafkaMirrorMaker2",
    "rebalance.KafkaRebalance",
];

// As Strimzi's own build calls it.
const GENERATOR = [
    "io.strimzi.crdgenerator.CrdGenerator",
    ...["--label", "app:strimzi"],
    ...["--label", "strimzi.io/crd-install:true"],
    ...["--target-kube", "1.16+"],
    ...["--crd-api-version", "v1"],
    ...["--api-versions", "v1"],
    ...["--storage-version", "v1"],
    "--yaml",
];

/** The definitions of Strimzi's resources. A lab does without them: who needs them builds them. */
export const strimziCrds: Artifact = {
    title: `Strimzi ${VERSIONS.strimzi} CRDs (Maven)`,
    folder: join("strimzi-crds", `${VERSIONS.strimzi}-${digestOf(POM, __filename)}`),
    async build(folder, say) {
        const java = await findJava(VERSIONS.strimziJava, "to generate Strimzi's CRDs");
        const work = join(folder, "work");
        mkdirSync(work);
        say("fetching the generator");
        await copyDependencies(POM, work, { "strimzi.version": VERSIONS.strimzi });
        say("generating");
        const files = RESOURCES.map((resource) => join(work, `${resource}.yaml`));
        const outputs = RESOURCES.map((name, index) => `${PACKAGE}.${name}=${files[index]}`);
        await run(java, ["-cp", join(work, "*"), ...GENERATOR, ...outputs]);
        const documents = files.map((file) => readFileSync(file, "utf8"));
        writeFileSync(join(folder, CRDS_FILE), documents.join("---\n"));
        rmSync(work, { recursive: true });
    },
};
