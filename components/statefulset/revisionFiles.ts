import * as pulumi from "@pulumi/pulumi";
import { contentHash } from "../kubernetes/files";

/** Files by name. */
export type Files = Readonly<Record<string, pulumi.Input<string>>>;

/** Label of the ConfigMaps that belong to a revision of a StatefulSet, with its name. */
export const FILES_OF = "kafka-eks/files-of";

/**
 * A ConfigMap with the files of one revision. Its name follows from their content, so a change makes another one and the
 * pods of the revision before keep theirs.
 *
 * @param application Name of the StatefulSet.
 * @param prefix Beginning of its name.
 */
export function revisionFiles(
    application: "kafka" | "zookeeper",
    prefix: string,
    files: pulumi.Input<Files>,
): {
    readonly name: pulumi.Output<string>;
    readonly labels: Readonly<Record<string, string>>;
    readonly data: pulumi.Output<Record<string, string>>;
} {
    const data = pulumi.output(files);
    return {
        name: data.apply((content) => `${prefix}-${contentHash(Object.entries(content).sort())}`),
        labels: { [FILES_OF]: application },
        data,
    };
}
