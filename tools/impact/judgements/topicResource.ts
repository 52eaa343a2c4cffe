import { numberAt, textAt, textsAt } from "../fields";
import type { State } from "../preview";
import { judgeBy, LABELS, WAITING } from "./table";
import { judgeTopic, topicAdded, type TopicDescription, topicKept } from "./topics";

/** Judges the resources of topics, which the Strimzi operator turns into topics. */
export const judgeTopicResource = judgeBy(({ old, new: now }, context) => {
    const name = textAt((old ?? now)?.inputs, "spec", "topicName") ?? "";
    return {
        subject: `topic ${name}`,
        made: topicAdded(name, describe(now), context),
        gone: old?.retainOnDelete
            ? topicKept(name)
            : { what: "is deleted with all its messages", severity: "data-may-be-lost" },
        together: () => judgeTopic(name, describe(old), describe(now)),
        fields: {
            ...LABELS,
            ...WAITING,
            "spec.partitions": undefined,
            "spec.replicas": undefined,
            "spec.config": undefined,
        },
    };
});

function describe(state: State | undefined): TopicDescription {
    const partitions = numberAt(state?.inputs, "spec", "partitions");
    const replicas = numberAt(state?.inputs, "spec", "replicas");
    return {
        ...(partitions !== undefined && { partitions }),
        ...(replicas !== undefined && { replicas }),
        config: textsAt(state?.inputs, "spec", "config"),
    };
}
