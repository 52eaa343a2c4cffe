import * as pulumi from "@pulumi/pulumi";
import { contentHash } from "../kubernetes/files";
import { FILES_OF_LABEL } from "../kubernetes/labels";

/** Files by name. */
export type Files = Readonly<Record<string, pulumi.Input<string>>>;

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
        labels: { [FILES_OF_LABEL]: application },
        data,
    };
}
