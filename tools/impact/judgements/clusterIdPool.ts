import type { JudgedChange } from "../judgement";
import { type Consequence, LABELS, type Table } from "./table";

const DELETED: Consequence = {
    to: "-",
    what: "is deleted: a Kafka that is made anew refuses volumes of another identity",
    severity: "data-may-be-lost",
};

/** The decisions on the pool without nodes, without whose status the volumes are of no use. */
export function clusterIdPool({ old }: JudgedChange): Table {
    return {
        subject: "identity of the cluster (pool cluster-id)",
        made: { what: "is made, or taken back", severity: "nothing" },
        gone: old?.retainOnDelete
            ? { what: "is kept, so that the volumes can be used again", severity: "nothing" }
            : DELETED,
        replaced: DELETED,
        fields: LABELS,
    };
}
