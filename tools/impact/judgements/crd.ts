import { textAt } from "../fields";
import { type Consequence, judgeBy } from "./table";

/** Judges Strimzi's CRDs: with one, every object of its kind goes, in the whole Kubernetes cluster. */
export const judgeCrd = judgeBy(({ old, new: now }) => {
    const kind = textAt((old ?? now)?.inputs, "spec", "names", "kind") ?? "";
    const lost: Consequence = {
        what: `every ${kind} of the Kubernetes cluster is deleted with it`,
        severity: "data-may-be-lost",
    };
    return {
        subject: `CRD of ${kind}`,
        made: { what: "is made, or taken over", severity: "nothing" },
        gone: old?.retainOnDelete ? { what: "is kept", severity: "nothing" } : lost,
        replaced: lost,
        updated: {
            what: "resources may have other fields; Kafka is not touched",
            severity: "dynamic",
        },
    };
});
