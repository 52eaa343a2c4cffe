/** What a release of Strimzi runs, and where. */
export interface StrimziRelease {
    /** Kafka versions that it runs, oldest first. */
    readonly kafka: readonly string[];
    /** Oldest Kubernetes that it supports. */
    readonly kubernetes: string;
    /** Newest Kubernetes that its own integration tests run on, as seen in November 2026. */
    readonly testedKubernetes: string;
}

/**
 * The releases that this program deploys: all with the API version `v1` of the resources that it writes.
 *
 * @see https://strimzi.io/downloads/ (supported versions)
 */
export const STRIMZI_RELEASES = {
    "1.1.0": { kafka: ["4.2.0", "4.2.1", "4.3.0"], kubernetes: "1.30", testedKubernetes: "1.35" },
    "1.2.0": {
        kafka: ["4.2.0", "4.2.1", "4.3.0", "4.3.1"],
        kubernetes: "1.30",
        testedKubernetes: "1.35",
    },
} as const satisfies Record<string, StrimziRelease>;

/** A release of {@link STRIMZI_RELEASES}. */
export type StrimziVersion = keyof typeof STRIMZI_RELEASES;

/** Release that is deployed unless the configuration names another one. */
export const DEFAULT_STRIMZI: StrimziVersion = "1.2.0";

/**
 * Metadata version of a cluster whose configuration names none. Every Kafka that the program runs by Strimzi can work with
 * it; it does not follow from the Kafka version, because a newer Kafka must not raise it in the same step: that step can't
 * be taken back.
 */
export const DEFAULT_METADATA_LINE = "4.2";

/** Oldest metadata version that Kafka 4 works with. */
export const FIRST_METADATA_LINE = "3.3";

/** Newest Kafka that a release runs. */
export function newestKafka(strimzi: StrimziVersion): string {
    return STRIMZI_RELEASES[strimzi].kafka.at(-1)!;
}
