import {
    FIRST_METADATA_LINE,
    newestKafka,
    STRIMZI_RELEASES,
    type StrimziRelease,
} from "../../components/strimzi/versions";
import {
    compareVersions,
    DEFAULT_KAFKA_IMAGE,
    kafkaVersionOfImage,
    releaseLine,
    ZOOKEEPER_KAFKA_LINES,
} from "../../components/kafka/versions";
import { type ConfigProblem, show } from "../problems";
import type { ParsedConfig } from "../schema";

/** Versions that don't fit each other. */
export function versionConflicts(config: ParsedConfig): ConfigProblem[] {
    switch (config.kafkaDeploymentType) {
        case "statefulset":
            return statefulSetConflicts(config.kafka);
        case "strimzi":
            return strimziVersionConflicts(config);
        case undefined:
            return [];
    }
}

function statefulSetConflicts(kafka: ParsedConfig["kafka"]): ConfigProblem[] {
    const image = kafka.image ?? DEFAULT_KAFKA_IMAGE;
    const known = kafkaVersionOfImage(image);
    const version = kafka.version ?? known;
    if (version === undefined) {
        const expected = `the Kafka version in ${show(image)}, whose name does not tell it`;
        return [{ key: "kafka.version", expected, given: "nothing" }];
    }
    const problems: ConfigProblem[] = [];
    if (known !== undefined && releaseLine(known) !== releaseLine(version)) {
        const expected = `${releaseLine(known)}, which ${show(image)} contains`;
        problems.push({ key: "kafka.version", expected, given: show(version) });
    }
    const { first, last } = ZOOKEEPER_KAFKA_LINES;
    const line = releaseLine(version);
    if (compareVersions(line, first) < 0 || compareVersions(line, last) > 0) {
        const expected = `a Kafka from ${first} to ${last}, the ones that run with ZooKeeper here`;
        problems.push({ key: "kafka.version", expected, given: show(version) });
    }
    const protocol = kafka.interBrokerProtocolVersion;
    if (protocol !== undefined && compareVersions(releaseLine(protocol), line) > 0) {
        const expected = `at most ${line}, the release line of the Kafka version`;
        problems.push({ key: "kafka.interBrokerProtocolVersion", expected, given: show(protocol) });
    }
    return problems;
}

function strimziVersionConflicts(config: ParsedConfig): ConfigProblem[] {
    const { strimzi, kafka, kubernetesVersion } = config;
    if (strimzi.version === undefined) {
        return [];
    }
    const release: StrimziRelease = STRIMZI_RELEASES[strimzi.version];
    const problems: ConfigProblem[] = [];
    const { version = newestKafka(strimzi.version), metadataVersion } = kafka;
    if (!release.kafka.includes(version)) {
        const expected = `one of ${release.kafka.join(", ")}, which Strimzi ${strimzi.version} runs`;
        problems.push({ key: "kafka.version", expected, given: show(version) });
    }
    const line = releaseLine(version);
    if (
        metadataVersion !== undefined &&
        (compareVersions(releaseLine(metadataVersion), line) > 0 ||
            compareVersions(metadataVersion, FIRST_METADATA_LINE) < 0)
    ) {
        const expected = `a release line from ${FIRST_METADATA_LINE} to ${line}, that of the Kafka version`;
        problems.push({ key: "kafka.metadataVersion", expected, given: show(metadataVersion) });
    }
    if (
        kubernetesVersion !== undefined &&
        compareVersions(kubernetesVersion, release.kubernetes) < 0
    ) {
        const expected = `at least ${release.kubernetes}, which Strimzi ${strimzi.version} needs`;
        problems.push({ key: "kubernetesVersion", expected, given: show(kubernetesVersion) });
    }
    return problems;
}
