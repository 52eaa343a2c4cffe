import { MIN_ISR } from "./replication";

/** Topics that have too few replicas for something: how many, and some of them. */
export interface SmallTopics {
    readonly count: number;
    readonly examples: readonly SmallTopic[];
}

/** A topic, and how many replicas its smallest partition has. */
export interface SmallTopic {
    readonly topic: string;
    readonly replicas: number;
}

/** Why the brokers' min ISR can't rise, with the topics; `undefined` where none is in the way. */
export function minIsrRefusal(minIsr: number, topics: SmallTopics): string | undefined {
    const { count } = topics;
    return count === 0
        ? undefined
        : `kafka.config["${MIN_ISR}"]: expected topics of more than ${minIsr} replica${minIsr === 1 ? "" : "s"}, got ${count} ` +
              `topic${count === 1 ? "" : "s"} of no more (${namesOf(topics)}). ` +
              "Next: Raise their replicas first, as docs/operations.md says, or set it back";
}

/** The topics that are known by name, as `orders (1), audit (2), …`. */
export function namesOf({ count, examples }: SmallTopics): string {
    const names = examples.map(({ topic, replicas }) => `${topic} (${replicas})`).join(", ");
    return count > examples.length ? `${names}, …` : names;
}
