/** Suites that run one after the other, by the beginning of their file names. */
type Lane = readonly string[];

/**
 * The integration suites in turns: the lanes of a turn run beside each other, since a stack on the lab mostly waits. What
 * takes nodes away runs alone, and what shares Strimzi's CRDs in one lane.
 */
export const TURNS: readonly (readonly Lane[])[] = [
    [
        ["security", "scaleIn", "clientSecurity", "strictValidation", "demo", "engine"],
        ["pemFiles", "strimziSchema", "strimzi", "eks", "zookeeperAuthentication", "previewAccess"],
    ],
    [["statefulset"]],
];
