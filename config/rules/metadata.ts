import { EXTERNAL_DNS_HOSTNAME } from "../../components/kafka/addresses";
import { type ConfigProblem, show } from "../problems";
import type { ParsedConfig } from "../schema";
import { serversOf } from "./servers";

/** Labels that selectors use, or that tell whose an object is; one that ends in `/` stands for all that begin with it. */
const OWNED_LABELS = [
    "app.kubernetes.io/instance",
    "app.kubernetes.io/managed-by",
    "app.kubernetes.io/name",
    "app.kubernetes.io/part-of",
    "apps.kubernetes.io/",
    "controller-revision-hash",
    "kafka-eks/",
    "statefulset.kubernetes.io/",
    "strimzi.io/",
    "topology.kubernetes.io/",
];

/** Annotations by which the program, Pulumi or the operator acts. */
const OWNED_ANNOTATIONS = ["kafka-eks/", "pulumi.com/", "strimzi.io/"];

const SELECTED = "nothing: selectors, the program or the operator use this label";
const ACTED = "nothing: the program, Pulumi or the operator act by this annotation";

/** What a load balancer's controller reads; other Services have none. */
const LOAD_BALANCER = "service.beta.kubernetes.io/";

/** Labels and annotations that are not the user's to set. */
export function metadataConflicts(config: ParsedConfig): ConfigProblem[] {
    const { listeners = [] } = config;
    return [
        ...serversOf(config).flatMap(({ key, fields }) => [
            ...ownedKeys(`${key}.podLabels`, fields.podLabels, OWNED_LABELS, SELECTED),
            ...ownedKeys(`${key}.podAnnotations`, fields.podAnnotations, OWNED_ANNOTATIONS, ACTED),
            ...ownedKeys(`${key}.serviceLabels`, fields.serviceLabels, OWNED_LABELS, SELECTED),
            ...serviceAnnotations(`${key}.serviceAnnotations`, fields.serviceAnnotations),
        ]),
        ...listeners.flatMap((listener, index) =>
            listener?.type === "loadBalancer"
                ? listenerAnnotations(`listeners[${index}].annotations`, listener.annotations)
                : [],
        ),
    ];
}

function serviceAnnotations(
    key: string,
    annotations: Readonly<Record<string, string>> | undefined,
): ConfigProblem[] {
    const one =
        "nothing: all Services would have this name; a listener's domain gives each its own";
    const listeners = "nothing: annotations of load balancers stand in listeners[].annotations";
    return [
        ...ownedKeys(key, annotations, OWNED_ANNOTATIONS, ACTED),
        ...ownedKeys(key, annotations, [EXTERNAL_DNS_HOSTNAME], one),
        ...ownedKeys(key, annotations, [LOAD_BALANCER], listeners),
    ];
}

function listenerAnnotations(
    key: string,
    annotations: Readonly<Record<string, string>> | undefined,
): ConfigProblem[] {
    const one = "nothing: all load balancers would have this name; domain gives each its own";
    return [
        ...ownedKeys(key, annotations, OWNED_ANNOTATIONS, ACTED),
        ...ownedKeys(key, annotations, [EXTERNAL_DNS_HOSTNAME], one),
    ];
}

function ownedKeys(
    path: string,
    entries: Readonly<Record<string, string>> | undefined,
    owned: readonly string[],
    expected: string,
): ConfigProblem[] {
    const isOwned = (name: string) =>
        owned.some((each) => (each.endsWith("/") ? name.startsWith(each) : name === each));
    return Object.entries(entries ?? {})
        .filter(([name]) => isOwned(name))
        .map(([name, value]) => ({ key: `${path}.${name}`, expected, given: show(value) }));
}
