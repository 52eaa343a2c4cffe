import type { ListenerEntry } from "../components/kafka/clientAccess";
import { HEALTH } from "../components/kafka/names";
import type { Topic } from "../components/kafka/topics";
import type { Operation, User } from "../components/kafka/users";
import type { StackConfig } from "../config/stackConfig";

/** Beginning of the consumer groups of `npm run client`. */
const CLIENT_GROUPS = "kafka-eks-client-";

/**
 * Commands that show what was deployed, for the person who deployed it. They work as they are: the client's reads a topic of
 * the configuration, as a user who may, and changes nothing.
 */
export function nextCommands(
    config: StackConfig,
    listeners: readonly ListenerEntry[],
    stack: string,
): string[] {
    const { namespace, kubeconfig, kubeContext } = config;
    const cluster =
        (kubeconfig === undefined ? "" : ` --kubeconfig ${shellWord(kubeconfig)}`) +
        (kubeContext === undefined ? "" : ` --context ${shellWord(kubeContext)}`);
    return [
        `kubectl${cluster} --namespace ${namespace} get pods`,
        `npm run health --${cluster} --namespace ${namespace}`,
        ...clientCommand(config, listeners, stack),
    ];
}

/** The client on the listener that it would choose; none where no user of the configuration may read a topic of it. */
function clientCommand(
    { topics, users }: StackConfig,
    listeners: readonly ListenerEntry[],
    stack: string,
): string[] {
    const external = listeners.find(({ type }) => type !== "internal");
    if (external === undefined) {
        return [];
    }
    const { tls, authentication, bootstrap } = external;
    const read = (topic: Topic) => `--topic ${topic.name} --consume --from-beginning`;
    if (authentication === undefined) {
        // Where there is more to it than an address, the stack knows all of it.
        const source = tls ? `--stack ${stack}` : `--bootstrap ${bootstrap}`;
        return topics.slice(0, 1).map((topic) => `npm run client -- ${source} ${read(topic)}`);
    }
    const readers = users.filter(
        (user) => user.authentication.type === authentication.type && !user.name.startsWith(HEALTH),
    );
    const pairs = readers.flatMap((user) =>
        topics
            .filter((topic) => mayRead(user, topic))
            .map(
                (topic) => `npm run client -- --stack ${stack} --user ${user.name} ${read(topic)}`,
            ),
    );
    return pairs.slice(0, 1);
}

/** Whether the client can read a topic as this user: the topic itself, by a consumer group of its own. */
function mayRead(user: User, topic: Topic): boolean {
    return may(user, "topic", topic.name, "Read") && may(user, "group", CLIENT_GROUPS, "Read");
}

function may({ acls }: User, type: "topic" | "group", name: string, operation: Operation): boolean {
    const fitting = acls.filter(
        ({ resource, operations }) =>
            resource.type === type &&
            (operations.includes(operation) || operations.includes("All")) &&
            covers(resource, name),
    );
    return (
        fitting.some(({ type: effect, host }) => effect === "allow" && host === "*") &&
        fitting.every(({ type: effect }) => effect === "allow")
    );
}

function covers(
    { name = "*", patternType = "literal" }: User["acls"][number]["resource"],
    wanted: string,
): boolean {
    return patternType === "prefix" ? wanted.startsWith(name) : name === "*" || name === wanted;
}

/** A text as one word of a shell's command. */
function shellWord(text: string): string {
    return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}
