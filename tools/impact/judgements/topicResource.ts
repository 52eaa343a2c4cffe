import { numberAt, textAt, textsAt } from "../fields";
import { type Judgement, judgeFields, LABELS, WAITING, removed } from "../judgement";
import type { State } from "../preview";
import { judgeTopic, topicAdded, type TopicDescription, topicKept } from "./topics";

/** Judges the resources of topics, which the Strimzi operator turns into topics. */
export const judgeTopicResource: Judgement = (change) => {
    const { action, old, new: now } = change;
    const name = textAt((old ?? now)?.inputs, "spec", "topicName") ?? "";
    switch (action) {
        case "create":
            return [topicAdded(name)];
        case "delete":
        case "replace":
            return [
                old?.retainOnDelete
                    ? topicKept(name)
                    : {
                          subject: `topic ${name}`,
                          from: "in the stack",
                          to: removed(action),
                          what: "is deleted with all its messages",
                          severity: "data-may-be-lost",
                      },
            ];
        case "update":
            return [
                ...judgeTopic(name, describe(old), describe(now)),
                ...judgeFields(change, `topic ${name}`, [
                    LABELS,
                    ...WAITING,
                    // Judged above, as a whole.
                    ...["partitions", "replicas", "config"].map((field) => ({
                        path: ["spec", field],
                        judge: () => [],
                    })),
                ]),
            ];
    }
};

function describe(state: State | undefined): TopicDescription {
    const partitions = numberAt(state?.inputs, "spec", "partitions");
    const replicas = numberAt(state?.inputs, "spec", "replicas");
    return {
        ...(partitions !== undefined && { partitions }),
        ...(replicas !== undefined && { replicas }),
        config: textsAt(state?.inputs, "spec", "config"),
    };
}
