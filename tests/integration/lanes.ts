/** Suites that run one after the other, by the beginning of their file names. */
type Lane = readonly string[];

/**
 * The integration suites in turns: the lanes of a turn run beside each other. Two stacks at a time keep two cores busy. A
 * suite that cuts a node off has no other stack beside it, and suites with Strimzi are in one lane, as they share its CRDs.
 */
export const TURNS: readonly (readonly Lane[])[] = [
    [
        ["statefulset"],
        [
            "engine",
            "rename",
            "killedUp",
            "keptStates",
            "strictValidation",
            "strimziSchema",
            "clientSecurity",
            "adminClasses",
            "kafkaProperties",
        ],
    ],
    [
        ["security", "zookeeperAuthentication", "pemFiles", "lostNamespace"],
        ["eks", "strimzi", "scaleIn", "renderedSync", "previewAccess", "demo"],
    ],
];
